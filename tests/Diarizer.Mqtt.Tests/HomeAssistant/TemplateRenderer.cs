using System.Diagnostics;
using System.Text.Json;
using Diarizer.Tests.Shared;

namespace Diarizer.Mqtt.Tests.HomeAssistant;

/// <summary>Renders value templates with the real Jinja.</summary>
internal static class TemplateRenderer
{
    public static string[] Render(params (string Template, string Payload)[] pairs) => Render(pairs.Select(p => new object[] { p.Template, p.Payload, new { } }));

    public static string[] RenderWith(object variables, params string[] templates) => Render(templates.Select(t => new[] { t, "", variables }));

    private static string[] Render(IEnumerable<object[]> work)
    {
        var python = ((string[])["/usr/bin/python3", "python3"]).FirstOrDefault(p => Run(p, ["-c", "import jinja2"], "").Code == 0);
        Assert.SkipWhen(python is null, "needs python3 with jinja2 (Debian: python3-jinja2)");
        var (code, output, errors) = Run(python, [Repository.PathTo("tests", "Diarizer.Mqtt.Tests", "reference", "render_templates.py")], JsonSerializer.Serialize(work));
        Assert.True(code == 0, errors);
        return JsonSerializer.Deserialize<string[]>(output)!;
    }

    private static (int Code, string Output, string Errors) Run(string program, string[] arguments, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.Result);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "", "");
        }
    }
}

using System.Diagnostics;
using Diarizer.Service.Commands;
using Diarizer.Tests.Shared;

namespace Diarizer.Service.Tests.Packaging;

/// <summary>packaging/man is what the command line declares. With DIARIZER_WRITE_DOCS=1 in the environment it is written anew.</summary>
public class ManualPageTests
{
    private static readonly string Folder = Repository.PathTo("packaging", "man");

    [Fact]
    public void The_pages_are_those_of_the_command_line()
    {
        var pages = new ManualPage(DiarizerCommand.Create()).All().ToList();
        if (Environment.GetEnvironmentVariable("DIARIZER_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (var (file, text) in pages)
                File.WriteAllText(Path.Combine(Folder, file), text);
        }

        Assert.Equal(pages.Select(p => p.File).Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
        Assert.All(pages, p => Assert.True(
            File.ReadAllText(Path.Combine(Folder, p.File)) == p.Text, $"packaging/man/{p.File} is not what the command line declares; run this test with DIARIZER_WRITE_DOCS=1 and look at the difference."));
    }

    [Fact]
    public void Man_reads_them_without_a_complaint()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/man"), "man-db is not installed");
        foreach (var page in Directory.GetFiles(Folder))
        {
            var (output, complaints) = Format(page);
            Assert.Empty(complaints);
            Assert.Contains("EXIT STATUS", output, StringComparison.Ordinal);
        }
    }

    private static (string Output, string Complaints) Format(string page)
    {
        var start = new ProcessStartInfo("man", ["--warnings", "-E", "UTF-8", "-l", page]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["MANPAGER"], start.Environment["MANWIDTH"], start.Environment["LC_ALL"]) = ("cat", "100", "C.UTF-8");
        using var man = Process.Start(start)!;
        var complaints = man.StandardError.ReadToEndAsync();
        var output = man.StandardOutput.ReadToEnd();
        man.WaitForExit();
        return (output, complaints.Result);
    }
}

using System.Diagnostics;
using Diarizer.Service.Tests.EndToEnd;
using Diarizer.Tests.Shared;

namespace Diarizer.Service.Tests.Packaging;

/// <summary>The completion for bash, asked as bash asks it, with the real program.</summary>
[Collection(ExecutableCollection.Name)]
public class CompletionTests
{
    [Theory]
    [InlineData("diarizer sco", "score")]
    [InlineData("diarizer run --sou", "--source")]
    [InlineData("diarizer run --device cu", "cuda")]
    [InlineData("diarizer vad --", "--frames --help --model-dir")]
    [InlineData("diarizer score ", "")]
    public void Bash_offers_what_may_follow(string line, string expected)
    {
        var script = $$"""
            source '{{Repository.PathTo("packaging", "completions", "diarizer.bash")}}'
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<<"$COMP_LINE"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            PATH={{AppContext.BaseDirectory}}:$PATH
            _diarizer
            echo "${COMPREPLY[*]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        var offered = bash.StandardOutput.ReadToEnd().Trim();
        bash.WaitForExit();
        Assert.Equal(expected, offered);
    }
}

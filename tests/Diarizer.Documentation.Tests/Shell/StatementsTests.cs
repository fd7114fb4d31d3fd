namespace Diarizer.Documentation.Tests.Shell;

public class StatementsTests
{
    [Fact]
    public void A_script_falls_into_what_would_be_typed_at_once()
    {
        const string script = """
            # Nothing to run.
            diarizer key            # the day's first

            diarizer enroll "Ann Lee" \
                --purpose 'minutes # of
            all meetings'
            cat > tea.vtt <<'END'
            WEBVTT

            END
            diarizer speakers
            """;
        Assert.Equal(
            [
                "diarizer key            # the day's first",
                "diarizer enroll \"Ann Lee\" \\\n    --purpose 'minutes # of\nall meetings'",
                "cat > tea.vtt <<'END'\nWEBVTT\n\nEND",
                "diarizer speakers",
            ],
            Statements.Of(script));
    }
}

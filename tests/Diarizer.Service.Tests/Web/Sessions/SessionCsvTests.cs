using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Web.Sessions;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Web.Sessions;

public sealed class SessionCsvTests
{
    [Theory]
    [InlineData("Ann Lee", "Ann Lee")]
    [InlineData("Lee, Ann", "\"Lee, Ann\"")]
    [InlineData("the \"boss\"", "\"the \"\"boss\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49", "'+49")]
    [InlineData("-x", "'-x")]
    [InlineData("@home", "'@home")]
    [InlineData("\tx", "'\tx")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    public void A_name_is_one_cell_and_never_a_formula(string name, string cell) => Assert.Equal(cell, SessionCsv.Cell(name));

    [Fact]
    public void A_turn_is_a_row()
    {
        var session = new StreamSession("hall", "hall-1", "boot", new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero));
        session.Names.Set(2, "Ann");
        var turn = new TurnChanged(0, TurnEventKind.Ended, 7, 1, new SpeakerLabel(2, 0.875f, true), 16_000, 40_000, TurnEndReason.Silence);
        using var writer = new StringWriter();
        SessionCsv.Write(writer, new SessionRecord(session, null, [turn], []));
        Assert.Equal(
            "stream,session,turn,speaker,name,start,end,start_s,end_s,duration_s,confidence,decided\r\n"
            + "hall,hall-1,7,s2,Ann,2026-03-01T09:30:01.000Z,2026-03-01T09:30:02.500Z,1.000,2.500,1.500,0.875,true\r\n",
            writer.ToString());
    }
}

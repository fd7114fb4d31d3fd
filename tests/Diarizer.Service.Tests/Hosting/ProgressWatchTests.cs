using Diarizer.Service.Hosting;

namespace Diarizer.Service.Tests.Hosting;

public class ProgressWatchTests
{
    [Fact]
    public void Only_streams_that_stand_still_are_stuck()
    {
        long hall = 1, office = 1;
        var watch = new ProgressWatch();
        watch.Join("hall", () => hall);
        watch.Join("office", () => office);
        Assert.Empty(watch.FindStuck());
        hall++;
        Assert.Equal(["office"], watch.FindStuck());
        hall++;
        office++;
        Assert.Empty(watch.FindStuck());
        watch.Leave("office");
        hall++;
        Assert.Empty(watch.FindStuck());
    }
}

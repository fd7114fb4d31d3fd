namespace Diarizer.Mqtt.Tests.Support;

internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, Func<string> what)
    {
        for (var i = 0; i < 1000; i++)
        {
            if (condition())
                return;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.Fail($"Waited in vain for {what()}");
    }
}

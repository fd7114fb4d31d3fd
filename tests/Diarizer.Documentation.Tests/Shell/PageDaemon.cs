using System.Globalization;
using System.Text.RegularExpressions;
using Diarizer.Service.Tests.EndToEnd;

namespace Diarizer.Documentation.Tests.Shell;

/// <summary>A daemon that runs while the commands after it are tried.</summary>
internal sealed partial class PageDaemon : IDisposable
{
    // The first seconds hold two speakers; they are heard at once, and what follows three times as fast as it was spoken.
    private const double Beginning = 9, Piece = 0.25, Speed = 3;

    private readonly DiarizerProcess _process;
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _prints;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Its environment.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="talks">Whether the bundled conversation is put into its standard input, over and over.</param>
    public PageDaemon(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string folder, bool talks = false)
    {
        _prints = arguments.Contains("--print");
        _process = DiarizerProcess.Start(arguments, environment, feedsInput: talks, folder);
        if (talks)
            _ = Task.Run(TalkAsync);
    }

    public IEnumerable<string> Lines => _process.Output.Concat(_process.Errors);

    /// <summary>Port of the broker that it started; null when it was given one.</summary>
    public int? OwnBrokerPort => _process.Errors.Concat(_process.Output).Select(line => OwnBroker().Match(line)).FirstOrDefault(m => m.Success) is { } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : null;

    /// <summary>Waits until it listens.</summary>
    /// <returns>What is wrong, or null.</returns>
    public async Task<string?> BecomesReadyAsync()
    {
        try
        {
            // With --print the log says warnings only, and the terminal where to look.
            await (_prints ? _process.WaitForOutputAsync("live page at") : _process.WaitForErrorAsync("Ready after"));
            return null;
        }
        catch (TimeoutException e)
        {
            return e.Message;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _process.Dispose();
        _stop.Dispose();
    }

    private async Task TalkAsync()
    {
        try
        {
            await _process.Input.WriteAsync(Pcm(Sample.Cut(0, Beginning)), _stop.Token);
            await _process.Input.FlushAsync(_stop.Token);
            for (var start = Beginning; ; start = start > 90 ? 0 : start + Piece)
            {
                await _process.Input.WriteAsync(Pcm(Sample.Cut(start, Piece)), _stop.Token);
                await _process.Input.FlushAsync(_stop.Token);
                await Task.Delay(TimeSpan.FromSeconds(Piece / Speed), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The daemon has gone.
        }
    }

    private static byte[] Pcm(float[] audio) => [.. audio.SelectMany(x => BitConverter.GetBytes((short)(x * short.MaxValue)))];

    [GeneratedRegex(@"(?:embedded broker listens on|broker at) 127\.0\.0\.1:(\d+)")]
    private static partial Regex OwnBroker();
}

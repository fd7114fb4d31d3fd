using System.Diagnostics;
using System.Globalization;

namespace Diarizer.Service.Tuning;

/// <summary>Says how a search goes and what it found.</summary>
/// <param name="output">Where it is said.</param>
/// <param name="rounds">Rounds of each search.</param>
/// <param name="limit">When it will be stopped at the latest.</param>
internal sealed class TuningPrinter(TextWriter output, int rounds, TimeSpan limit)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _telling = new();
    private TimeSpan _told;
    private int _finished;

    /// <summary>Says now and then that it is at work.</summary>
    /// <param name="scores">Scores so far.</param>
    public void Scored(int scores)
    {
        lock (_telling)
        {
            if (_clock.Elapsed - _told < Silence)
                return;
            _told = _clock.Elapsed;
            output.WriteLine(Text($"round {Math.Min(_finished + 1, rounds)} of {rounds}: {scores} scores after {_clock.Elapsed.TotalMinutes:0.0} min"));
        }
    }

    /// <summary>Says what was found in a round, and how long it will take.</summary>
    public void Advanced(SearchResult result, int scores)
    {
        var elapsed = _clock.Elapsed;
        lock (_telling)
            (_told, _finished) = (elapsed, result.Round);
        var left = elapsed / result.Round * (rounds - result.Round);
        left = left < limit - elapsed ? left : limit - elapsed;
        output.WriteLine(Text(
            $"round {result.Round} of {rounds}: held out {Percent(result.HeldOut)}, in sample {Percent(result.InSample)}, before {Percent(result.StartRate)}; {scores} scores, {Left(left)}"));
    }

    /// <summary>Says what was found, and what each setting is worth.</summary>
    public void Found(SearchResult result, IReadOnlyList<Worth> worths)
    {
        output.WriteLine();
        output.WriteLine(Text($"DER before               {Percent(result.StartRate),8}"));
        output.WriteLine(Text($"DER found, in sample     {Percent(result.InSample),8}   on the recordings that the settings were chosen with: too good"));
        output.WriteLine(Text($"DER found, held out      {Percent(result.HeldOut),8}   of settings found in the same way, on recordings that they were not chosen with"));
        if (worths.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine(Text($"{"setting",-44} {"before",9} {"found",9} {"worth",8} {"alone",8} {"variance",9}"));
        foreach (var worth in worths)
        {
            var share = worth.VarianceShare is { } part ? Percent(part, "0") : "–";
            output.WriteLine(Text($"{worth.Path.Name,-44} {worth.Before,9:0.####} {worth.Best,9:0.####} {Points(worth.Gain),8} {Points(worth.Alone),8} {share,9}"));
        }

        output.WriteLine();
        output.WriteLine("worth: points of DER lost when this setting alone is set back. alone: points won when it alone is changed. variance: share of what the tried settings differ by that it explains alone.");
    }

    private static string Points(double rate) => double.IsFinite(rate) ? (100 * rate).ToString("+0.00;-0.00", CultureInfo.InvariantCulture) : "–";

    private static string Left(TimeSpan left) => left <= TimeSpan.Zero ? "finishing" : left.TotalMinutes < 1 ? "less than a minute left" : Text($"about {Math.Ceiling(left.TotalMinutes):0} min left");

    private static string Percent(double fraction, string format = "0.00") => (100 * fraction).ToString(format, CultureInfo.InvariantCulture) + " %";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}

namespace Diarizer.Audio.Rtp;

/// <summary>The decoders that a source may need, made when first asked for.</summary>
internal sealed class RtpDecoders : IDisposable
{
    private readonly RtpSettings _settings;
    private readonly IRtpDecoder?[] _byType = new IRtpDecoder?[128];
    private readonly bool[] _isMade = new bool[128];

    public RtpDecoders(RtpSettings settings)
    {
        _settings = settings;
        First = Of(settings.FirstGuess) ?? throw new InvalidOperationException("There is no decoder to begin with.");
    }

    /// <summary>What is taken for granted before the first packet.</summary>
    public IRtpDecoder First { get; }

    /// <summary>The decoder of a payload type; null when that is not wanted.</summary>
    public IRtpDecoder? Of(int type)
    {
        if (_isMade[type]) return _byType[type];
        _isMade[type] = true;
        return _byType[type] = _settings.CreateDecoder(type);
    }

    public void Dispose()
    {
        foreach (var decoder in _byType) decoder?.Dispose();
    }
}

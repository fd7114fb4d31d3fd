using System.Numerics;

namespace Diarizer.Audio.Rtp;

/// <summary>What a packet was when it came.</summary>
internal enum RtpArrival
{
    /// <summary>The newest so far.</summary>
    InOrder,

    /// <summary>Overtaken, but in time.</summary>
    Reordered,

    /// <summary>Here already.</summary>
    Duplicate,

    /// <summary>Given up already.</summary>
    Late,
}

/// <summary>A packet whose turn it is.</summary>
/// <param name="payload">The audio; empty for a packet that holds its number's place only.</param>
/// <param name="timestamp">Of its first frame.</param>
/// <param name="ticks">Its length.</param>
/// <param name="arrival">When it came.</param>
/// <param name="lostBefore">Packets given up just before it.</param>
internal readonly ref struct RtpRelease(ReadOnlySpan<byte> payload, uint timestamp, int ticks, long arrival, int lostBefore)
{
    public ReadOnlySpan<byte> Payload { get; } = payload;

    public uint Timestamp => timestamp;

    public int Ticks => ticks;

    public long Arrival => arrival;

    public int LostBefore => lostBefore;
}

/// <summary>
/// The packets of one sender in the order of their numbers. Those in order pass at once; where one is missing, later ones wait for it as long as
/// is set, by the clock or by their own timestamps. Keeps its memory; after the first packets nothing is allocated.
/// </summary>
internal sealed class RtpStream
{
    private const int LeastCapacity = 256;
    private const int SlotsOfMillisecond = 4;

    private readonly Slot[] _slots;
    private readonly int _mask;
    private long _next;
    private long _highest;
    private uint _highestTimestamp;
    private uint _releasedUntil;
    private uint _firstTimestamp;
    // When the first packet taken would have started without delay; later ones that were faster correct it.
    private long _earliestStart;
    private long _holeSince = -1;
    private int _lost;
    private int _lastTicks;
    private bool _hasReleased;

    /// <param name="jitter">The longest wait for a missing packet.</param>
    public RtpStream(TimeSpan jitter)
    {
        var slots = BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastCapacity, SlotsOfMillisecond * jitter.TotalMilliseconds));
        _slots = new Slot[slots];
        _mask = (int)slots - 1;
    }

    /// <summary>False before the first packet.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The SSRC.</summary>
    public uint Source { get; private set; }

    /// <summary>Number of the codec.</summary>
    public int PayloadType { get; private set; }

    /// <summary>Packets taken since <see cref="Doubt"/>.</summary>
    public int Fresh { get; private set; }

    /// <summary>Packets held that nobody has seen yet.</summary>
    public int Held { get; private set; }

    /// <summary>True while later packets wait for a missing one.</summary>
    public bool WaitsForHole => _holeSince >= 0;

    private int Reach => _slots.Length / 2;

    /// <summary>Begins with this packet; forgets what was.</summary>
    public void Begin(in RtpPacket packet, int ticks, long arrival)
    {
        foreach (ref var slot in _slots.AsSpan()) (slot.Number, slot.IsHeld) = (-1, false);
        (IsActive, Source, PayloadType, Fresh, Held) = (true, packet.Source, packet.PayloadType, 0, 0);
        // From the second round on, so that numbers before the first one are positive too.
        _next = _highest = packet.Sequence + 0x1_0000L;
        (_highestTimestamp, _firstTimestamp, _hasReleased, _holeSince, _lost, _lastTicks) = (packet.Timestamp, packet.Timestamp, false, -1, 0, 0);
        _earliestStart = arrival - ticks;
        _highest--;
    }

    /// <summary>Ends: the next packet is another stream's.</summary>
    public void End() => (IsActive, Held) = (false, 0);

    /// <summary>True when a packet is of this stream: from the same sender, with a number near the others.</summary>
    public bool Owns(in RtpPacket packet) =>
        IsActive && packet.Source == Source && (short)(packet.Sequence - (ushort)_highest) is var ahead && ahead < Reach && ahead > -Reach;

    /// <summary>Somebody else sends as well: <see cref="Fresh"/> counts from 0 again.</summary>
    public void Doubt() => Fresh = 0;

    /// <summary>True when so many packets wait that another one might not find room.</summary>
    public bool IsFull => _highest - _next >= Reach;

    /// <summary>When the first frame with this timestamp would have been captured, by the fastest packet so far.</summary>
    public long StartOf(uint timestamp) => _earliestStart + (int)(timestamp - _firstTimestamp);

    /// <summary>Takes a packet for which <see cref="Owns"/> holds.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="ticks">Length of its audio; 0 keeps its place only.</param>
    /// <param name="arrival">The moment, in ticks.</param>
    public RtpArrival Insert(in RtpPacket packet, int ticks, long arrival)
    {
        var number = _highest + (short)(packet.Sequence - (ushort)_highest);
        ref var slot = ref _slots[number & _mask];
        if (slot.Number == number) return RtpArrival.Duplicate;
        if (number < _next)
        {
            if (_hasReleased || _highest - number >= Reach) return RtpArrival.Late;
            _next = number;
        }

        if (number - _next >= _slots.Length) return RtpArrival.Late;
        slot.Keep(number, packet, ticks, arrival);
        Held++;
        Fresh++;
        if (ticks > 0) _earliestStart = Math.Min(_earliestStart, arrival - ticks - (int)(packet.Timestamp - _firstTimestamp));
        if (number < _highest) return RtpArrival.Reordered;
        (_highest, _highestTimestamp) = (number, packet.Timestamp);
        return RtpArrival.InOrder;
    }

    /// <summary>Gives the packet whose turn it is.</summary>
    /// <param name="now">The moment, in ticks.</param>
    /// <param name="jitter">The longest wait for a missing packet, in ticks.</param>
    /// <param name="flush">Do not wait.</param>
    /// <param name="released">Valid until the next call of any member.</param>
    public bool TryRelease(long now, long jitter, bool flush, out RtpRelease released)
    {
        released = default;
        if (!IsActive || _next > _highest) return false;
        for (; !IsHere(_next); _next++, _lost++)
        {
            if (_holeSince < 0) _holeSince = now;
            if (!flush && !IsFull && now - _holeSince < jitter && !(_hasReleased && (int)(_highestTimestamp - _releasedUntil) >= jitter)) return false;
            // The next one, if it is missing as well, was due a packet later, and has that much longer.
            _releasedUntil += (uint)_lastTicks;
            _holeSince = Math.Min(now, _holeSince + _lastTicks);
        }

        ref var slot = ref _slots[_next++ & _mask];
        released = new(slot.Payload.AsSpan(0, slot.Length), slot.Timestamp, slot.Ticks, slot.Arrival, _lost);
        (slot.IsHeld, _hasReleased, _holeSince, _lost) = (false, true, -1, 0);
        Held--;
        if (slot.Ticks > 0) (_releasedUntil, _lastTicks) = (slot.Timestamp + (uint)slot.Ticks, slot.Ticks);
        return true;
    }

    /// <summary>How much longer a missing packet is waited for, in ticks.</summary>
    public long PatienceLeft(long now, long jitter) => Math.Max(0, _holeSince + jitter - now);

    private bool IsHere(long number)
    {
        ref readonly var slot = ref _slots[number & _mask];
        return slot.IsHeld && slot.Number == number;
    }

    private struct Slot
    {
        public byte[]? Payload;
        public int Length;
        public uint Timestamp;
        public int Ticks;
        public long Number;
        public long Arrival;
        public bool IsHeld;

        public void Keep(long number, in RtpPacket packet, int ticks, long arrival)
        {
            Length = ticks > 0 ? packet.Payload.Length : 0;
            if (Payload is null || Payload.Length < Length) Payload = new byte[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, Length))];
            packet.Payload[..Length].CopyTo(Payload);
            (Number, Timestamp, Ticks, Arrival, IsHeld) = (number, packet.Timestamp, ticks, arrival, true);
        }
    }
}

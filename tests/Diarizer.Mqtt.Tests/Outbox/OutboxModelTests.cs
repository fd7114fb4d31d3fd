using System.Text;
using Diarizer.Mqtt.Outbox;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>Long random histories of everything that can happen, against what must hold in each of them.</summary>
public class OutboxModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_happens_nothing_written_is_lost_and_the_order_holds(int seed)
    {
        for (var i = 0; i < 200; i++)
            new History(new Random(seed * 1000 + i)).Run(steps: 300);
    }

    private sealed class History(Random random)
    {
        private readonly ManualTime _time = new();
        private readonly FakeDisk _disk = new();
        private readonly HashSet<int> _written = [];
        private readonly HashSet<int> _delivered = [];
        private readonly List<(long Id, int Number)> _inFlight = [];
        private readonly List<int> _thisConnection = [];
        private readonly CollectingLog _log = new();
        private OutboxQueue? _queue;
        private bool _diskWorked = true;
        private int _last;

        public void Run(int steps)
        {
            _queue = Open();
            for (var i = 0; i < steps; i++)
                Step();
            _disk.Broken = null;
            Connect();
            for (var i = 0; i < 100; i++)
            {
                _time.Advance(TimeSpan.FromMinutes(1));
                _queue.Pass();
                Send(int.MaxValue);
                Acknowledge(int.MaxValue);
            }
            Assert.Empty(_written.Except(_delivered));
            Assert.Equal(0, _queue.Depth);
            Assert.Empty(_disk.Texts);
        }

        private void Step()
        {
            switch (random.Next(100))
            {
                case < 30:
                    Put(random.Next(1, 20));
                    break;
                case < 60:
                    Pass();
                    break;
                case < 75:
                    Send(random.Next(1, 30));
                    break;
                case < 88:
                    Acknowledge(random.Next(1, 30));
                    break;
                case < 93:
                    Connect();
                    break;
                case < 96:
                    _disk.Broken = _disk.Broken is null ? "the disk is full" : null;
                    _time.Advance(TimeSpan.FromSeconds(random.Next(40)));
                    break;
                case < 98:
                    // The process is killed: nothing is flushed.
                    _disk.Broken = null;
                    _queue = Open();
                    _queue.Pass();
                    Connect();
                    break;
                default:
                    _time.Advance(TimeSpan.FromSeconds(random.Next(5)));
                    break;
            }
        }

        private OutboxQueue Open() => new(new(), 1_000_000, _disk.Open, _time, _log, () => { }, () => { });

        private void Put(int count)
        {
            for (var i = 0; i < count; i++)
                _queue!.Append(new("turns", Encoding.UTF8.GetBytes($"{++_last}"), Durable: true));
        }

        private void Pass()
        {
            _queue!.Pass();
            _written.UnionWith(_disk.Texts.Select(t => int.Parse(t, provider: null)));
        }

        private void Connect()
        {
            _queue!.Restart();
            _inFlight.Clear();
            _thisConnection.Clear();
            _diskWorked = _queue.Trouble is null;
            _log.Lines.Clear();
        }

        private void Send(int count)
        {
            while (count-- > 0 && _queue!.TryTake(out var entry, out _))
            {
                var number = int.Parse(Encoding.UTF8.GetString(entry.Payload.Span), provider: null);
                // A disk that could not be read gives back older events late; otherwise nothing overtakes.
                if (_thisConnection.Count > 0 && _diskWorked && _log.Lines.IsEmpty)
                    Assert.True(number > _thisConnection[^1], $"{number} after {_thisConnection[^1]}");
                _thisConnection.Add(number);
                _inFlight.Add((entry.Id, number));
            }
        }

        private void Acknowledge(int count)
        {
            while (count-- > 0 && _inFlight.Count > 0)
            {
                var one = _inFlight[random.Next(Math.Min(3, _inFlight.Count))];
                _inFlight.Remove(one);
                _delivered.Add(one.Number);
                _queue!.Settle(one.Id);
            }
        }
    }
}

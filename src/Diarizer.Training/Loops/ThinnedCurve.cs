namespace Diarizer.Training.Loops;

/// <summary>A curve that is thinned as it grows: every point is the mean of equally many successive values, and there are at most a thousand points.</summary>
internal sealed class ThinnedCurve
{
    private const int Most = 1_000;
    private readonly List<(double X, double Y)> _points = [];
    private int _width = 1, _count;
    private double _x, _y;

    public IReadOnlyList<(double X, double Y)> Points => _count == 0 ? _points : [.. _points, (_x / _count, _y / _count)];

    public void Add(double x, double y)
    {
        (_x, _y, _count) = (_x + x, _y + y, _count + 1);
        if (_count < _width)
            return;
        _points.Add((_x / _count, _y / _count));
        (_x, _y, _count) = (0, 0, 0);
        if (_points.Count < Most)
            return;
        for (int i = 0; i < Most / 2; i++)
            _points[i] = ((_points[2 * i].X + _points[2 * i + 1].X) / 2, (_points[2 * i].Y + _points[2 * i + 1].Y) / 2);
        _points.RemoveRange(Most / 2, Most / 2);
        _width *= 2;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Reasoner.Storage;

/// <summary>Values by key, as many as fit: the oldest make room. Safe for any number of threads.</summary>
/// <param name="maxCount">Most values.</param>
/// <param name="maxBytes">Most bytes of all values; the newest is kept whatever its size.</param>
internal sealed class BoundedMap<TValue>(int maxCount, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TValue Value, long Bytes)> _values = new(StringComparer.Ordinal);
    private readonly Queue<string> _byAge = new();
    private long _bytes;

    public void Add(string key, TValue value, long bytes)
    {
        lock (_lock)
        {
            _values.Add(key, (value, bytes));
            _byAge.Enqueue(key);
            _bytes += bytes;
            while (_values.Count > 1 && (_values.Count > maxCount || _bytes > maxBytes))
            {
                _values.Remove(_byAge.Dequeue(), out var oldest);
                _bytes -= oldest.Bytes;
            }
        }
    }

    public bool TryGet(string key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            var found = _values.TryGetValue(key, out var entry);
            value = entry.Value;
            return found;
        }
    }
}

namespace Reasoner.Rules;

/// <summary>
/// The compiled patterns of REGEX and REPLACE, as many as a rule set reasonably has; failures are kept as well.
/// </summary>
internal sealed class PatternCache
{
    private const int Capacity = 256;
    private readonly Dictionary<(string Pattern, string Flags), XPathPattern> _patterns = [];

    public int Count => _patterns.Count;

    public XPathPattern Get(string pattern, string flags)
    {
        if (_patterns.TryGetValue((pattern, flags), out var known)) return known;
        // Patterns made from data could fill the cache without end. Starting afresh is simple, and the constant ones are
        // soon back.
        if (_patterns.Count == Capacity) _patterns.Clear();
        var compiled = XPathPattern.Compile(pattern, flags);
        _patterns.Add((pattern, flags), compiled);
        return compiled;
    }
}

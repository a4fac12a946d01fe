using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>A domain cannot be used: a file is missing or wrong. The problems say where and what to do.</summary>
public sealed class DomainException : Exception
{
    /// <summary>One problem.</summary>
    public DomainException(string problem, Exception? inner = null)
        : base(problem, inner) => Problems = [problem];

    /// <summary>Several problems, one a line.</summary>
    public DomainException(IEnumerable<string> problems, Exception? inner = null)
        : base(string.Join('\n', problems), inner) => Problems = [.. problems];

    /// <summary>What is wrong, a line each.</summary>
    public ImmutableArray<string> Problems { get; }
}

/// <summary>There is no domain of that name.</summary>
public sealed class UnknownDomainException(string name, IReadOnlyList<string> known, string advice)
    : Exception($"There is no domain \"{name}\". {advice}")
{
    /// <summary>The domains that there are.</summary>
    public IReadOnlyList<string> Known { get; } = known;
}

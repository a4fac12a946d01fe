using System.Collections.Immutable;

namespace Reasoner.Decisions;

/// <summary>A problem with a case.</summary>
/// <param name="Pointer">Where in the case: <c>file:line:column</c>, a JSON pointer, or the node; empty where it is the case as a whole.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record CaseProblem(string Pointer, string Message)
{
    /// <inheritdoc />
    public override string ToString() => Pointer.Length == 0 ? Message : $"{Pointer}: {Message}";
}

/// <summary>A case could be read, but does not say what the domain needs, or says what it must not.</summary>
public sealed class CaseRefusedException(string summary, ImmutableArray<CaseProblem> problems)
    : Exception(problems.IsEmpty ? summary : $"{summary}\n{string.Join('\n', problems)}")
{
    /// <summary>What is wrong, in a sentence.</summary>
    public string Summary { get; } = summary;

    /// <summary>The problems one by one.</summary>
    public ImmutableArray<CaseProblem> Problems { get; } = problems;
}

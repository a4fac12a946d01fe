using System.Collections.Immutable;

namespace Reasoner.Constraints.Joint;

/// <summary>Facts about slots and candidates that make no sense together.</summary>
public sealed class JointProblemException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="problems">What is wrong, each in a sentence with advice.</param>
    public JointProblemException(ImmutableArray<string> problems)
        : base(string.Join('\n', problems)) => Problems = problems;

    /// <summary>What is wrong, each in a sentence with advice.</summary>
    public ImmutableArray<string> Problems { get; }
}

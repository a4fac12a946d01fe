using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>An element of a rule's body (SRL, rule element).</summary>
/// <param name="Position">Where it starts.</param>
public abstract record BodyElement(SourcePosition Position);

/// <summary>A triple pattern that must match.</summary>
/// <param name="Pattern">The pattern.</param>
public sealed record PatternElement(TriplePattern Pattern) : BodyElement(Pattern.Position);

/// <summary>FILTER: keeps the solutions for which the expression is true; an error counts as false.</summary>
/// <param name="Expression">The condition.</param>
/// <param name="Position">Where the word FILTER stands.</param>
public sealed record FilterElement(Expression Expression, SourcePosition Position) : BodyElement(Position);

/// <summary>NOT: keeps the solutions for which the inner elements have no solution.</summary>
/// <param name="Inner">Pattern and filter elements.</param>
/// <param name="MatchesDataOnly">NOT DATA: the inner elements match the base graph only.</param>
/// <param name="Position">Where the word NOT stands.</param>
public sealed record NegationElement(ImmutableArray<BodyElement> Inner, bool MatchesDataOnly, SourcePosition Position)
    : BodyElement(Position);

/// <summary>SET: binds a new variable; a solution whose expression is an error is dropped.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Expression">Its value.</param>
/// <param name="Position">Where the word SET stands.</param>
public sealed record AssignmentElement(string Variable, Expression Expression, SourcePosition Position)
    : BodyElement(Position);

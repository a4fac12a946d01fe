using System.Collections.Immutable;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>An expression of a FILTER or SET.</summary>
/// <param name="Position">Where it starts.</param>
public abstract record Expression(SourcePosition Position);

/// <summary>A constant.</summary>
/// <param name="Term">An IRI or literal.</param>
/// <param name="Position">Where it stands.</param>
public sealed record ConstantExpression(Term Term, SourcePosition Position) : Expression(Position);

/// <summary>A variable's value.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Position">Where it stands.</param>
public sealed record VariableExpression(string Name, SourcePosition Position) : Expression(Position);

/// <summary>
/// A function, operator or cast on arguments. <c>x IN (a, b)</c> has x, a, b as arguments; unary minus one; a triple
/// term expression is <see cref="Function.Triple"/>.
/// </summary>
/// <param name="Function">What is computed.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Position">Where it starts (for an infix operator, at the operator).</param>
public sealed record CallExpression(Function Function, ImmutableArray<Expression> Arguments, SourcePosition Position)
    : Expression(Position);

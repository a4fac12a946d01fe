using System.Diagnostics.CodeAnalysis;
using Reasoner.Rdf;

namespace Reasoner.Inference;

/// <summary>
/// The checker's variables and their values: a list that is extended, never changed, so that branches of a search share
/// what they have in common. Bodies have few variables, and a walk along the list beats a table.
/// </summary>
internal sealed class Solution
{
    /// <summary>No variable has a value.</summary>
    public static readonly Solution Empty = new("", RdfVocabulary.Nil, null);

    private readonly string _variable;
    private readonly Term _value;
    private readonly Solution? _rest;

    private Solution(string variable, Term value, Solution? rest) => (_variable, _value, _rest) = (variable, value, rest);

    /// <summary>The variables and their values, newest first.</summary>
    public IEnumerable<(string Variable, Term Value)> Bindings
    {
        get
        {
            for (var each = this; each._rest is not null; each = each._rest) yield return (each._variable, each._value);
        }
    }

    /// <summary>The value of a variable that has one.</summary>
    public Term this[string variable] =>
        TryGet(variable, out var value) ? value : throw new KeyNotFoundException($"?{variable} has no value.");

    public bool TryGet(string variable, [NotNullWhen(true)] out Term? value)
    {
        for (var each = this; each._rest is not null; each = each._rest)
        {
            if (each._variable != variable) continue;
            value = each._value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>The part of the solution that is about the variables.</summary>
    public Solution Of(IReadOnlySet<string> variables) => Bindings
        .Where(binding => variables.Contains(binding.Variable))
        .Aggregate(Empty, (kept, binding) => kept.With(binding.Variable, binding.Value));

    /// <summary>The solution with one more variable.</summary>
    public Solution With(string variable, Term value) => new(variable, value, this);
}

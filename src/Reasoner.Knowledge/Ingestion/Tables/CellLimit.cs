using Reasoner.Rdf;

namespace Reasoner.Knowledge;

/// <summary>A least or greatest value or length of a column's cells.</summary>
internal abstract record CellLimit
{
    /// <summary>What is wrong with a cell, or null.</summary>
    public abstract string? Check(string lexicalForm, in Value value);

    /// <summary>A limit on values.</summary>
    /// <param name="Bound">The limit.</param>
    /// <param name="IsLeast">Whether it is the least, else the greatest value.</param>
    /// <param name="IsExclusive">Whether the limit itself is already too much.</param>
    public sealed record OfValue(Value Bound, bool IsLeast, bool IsExclusive) : CellLimit
    {
        public override string? Check(string lexicalForm, in Value value)
        {
            var order = Value.Compare(value, Bound);
            var isWithin = order == (IsLeast ? ValueOrder.Greater : ValueOrder.Less) || (order == ValueOrder.Equal && !IsExclusive);
            if (isWithin) return null;
            var side = (IsLeast, IsExclusive) switch
            {
                (true, false) => "below the minimum",
                (true, true) => "not above",
                (false, false) => "above the maximum",
                _ => "not below",
            };
            return $"{lexicalForm} is {side} {Bound.LexicalForm}";
        }
    }

    /// <summary>Limits on the number of characters.</summary>
    /// <param name="Least">The fewest.</param>
    /// <param name="Most">The most.</param>
    public sealed record OfLength(int Least, int Most) : CellLimit
    {
        public override string? Check(string lexicalForm, in Value value)
        {
            var length = lexicalForm.EnumerateRunes().Count();
            return length < Least ? $"it has {length} characters and needs at least {Least}"
                : length > Most ? $"it has {length} characters and may have at most {Most}" : null;
        }
    }
}

namespace Reasoner.Reports;

/// <summary>A term for people.</summary>
/// <param name="Text">The short form.</param>
/// <param name="Full">The term as the record has it.</param>
internal readonly record struct ShortTerm(string Text, string Full);

/// <summary>A fact for people.</summary>
/// <param name="Full">The fact as the record has it.</param>
/// <param name="Subject">The subject; all of the fact where it is no triple.</param>
/// <param name="Predicate">The predicate; null where the fact is no triple.</param>
/// <param name="Object">The object; null where the fact is no triple.</param>
internal sealed record ShortFact(string Full, ShortTerm Subject, ShortTerm? Predicate, ShortTerm? Object)
{
    public string Text => Predicate is { } predicate && Object is { } @object
        ? $"{Subject.Text} {predicate.Text} {@object.Text}"
        : Subject.Text;
}

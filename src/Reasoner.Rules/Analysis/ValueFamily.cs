using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>Values that SPARQL's operators compare with each other; of different families nothing is equal.</summary>
internal enum ValueFamily : byte
{
    /// <summary>Any.</summary>
    Unknown,

    /// <summary>IRIs and blank nodes, which have no order.</summary>
    Resource,

    /// <summary>Numbers of all datatypes.</summary>
    Number,

    /// <summary>Strings without language.</summary>
    Text,

    /// <summary>Booleans.</summary>
    Boolean,

    /// <summary>Points in time.</summary>
    DateTime,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Times of day.</summary>
    Time,

    /// <summary>Durations of days and less.</summary>
    DayTimeDuration,

    /// <summary>Durations of months and years.</summary>
    YearMonthDuration,

    /// <summary>What has no order and is no resource: strings with a language, triple terms, unknown datatypes.</summary>
    Unordered,
}

/// <summary>The families of values.</summary>
internal static class ValueFamilies
{
    /// <summary>The value's family.</summary>
    public static ValueFamily Of(in Value value) => value.Kind switch
    {
        ValueKind.Iri or ValueKind.BlankNode => ValueFamily.Resource,
        ValueKind.String => ValueFamily.Text,
        ValueKind.Boolean => ValueFamily.Boolean,
        ValueKind.DateTime => ValueFamily.DateTime,
        ValueKind.Date => ValueFamily.Date,
        ValueKind.Time => ValueFamily.Time,
        ValueKind.DayTimeDuration => ValueFamily.DayTimeDuration,
        ValueKind.YearMonthDuration => ValueFamily.YearMonthDuration,
        _ => value.IsNumeric ? ValueFamily.Number : ValueFamily.Unordered,
    };

    /// <summary>Whether the operators &lt; and &gt; are defined within the family.</summary>
    public static bool IsOrdered(this ValueFamily family) => family is >= ValueFamily.Number and <= ValueFamily.YearMonthDuration;

    /// <summary>Whether a value equals one of another family: durations of the two kinds may.</summary>
    public static bool IsDuration(this ValueFamily family) => family is ValueFamily.DayTimeDuration or ValueFamily.YearMonthDuration;
}

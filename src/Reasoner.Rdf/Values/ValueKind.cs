namespace Reasoner.Rdf;

/// <summary>What a <see cref="Value"/> is. The numeric kinds stand in the order of XPath's type promotion.</summary>
public enum ValueKind : byte
{
    /// <summary>The outcome of an evaluation that failed: an unbound variable, a type error, an overflow.</summary>
    Error,

    /// <summary>An IRI.</summary>
    Iri,

    /// <summary>A blank node.</summary>
    BlankNode,

    /// <summary>An <c>xsd:string</c>.</summary>
    String,

    /// <summary>A string with a language tag and perhaps a base direction.</summary>
    LanguageString,

    /// <summary>An <c>xsd:boolean</c>.</summary>
    Boolean,

    /// <summary>An <c>xsd:integer</c> or a datatype derived from it.</summary>
    Integer,

    /// <summary>An <c>xsd:decimal</c>.</summary>
    Decimal,

    /// <summary>An <c>xsd:float</c>.</summary>
    Float,

    /// <summary>An <c>xsd:double</c>.</summary>
    Double,

    /// <summary>An <c>xsd:dateTime</c> or <c>xsd:dateTimeStamp</c>.</summary>
    DateTime,

    /// <summary>An <c>xsd:date</c>.</summary>
    Date,

    /// <summary>An <c>xsd:time</c>.</summary>
    Time,

    /// <summary>An <c>xsd:duration</c>.</summary>
    Duration,

    /// <summary>An <c>xsd:dayTimeDuration</c>.</summary>
    DayTimeDuration,

    /// <summary>An <c>xsd:yearMonthDuration</c>.</summary>
    YearMonthDuration,

    /// <summary>A triple term.</summary>
    TripleTerm,

    /// <summary>
    /// A literal whose value is not known: its datatype is not one of the above, its lexical form is ill-typed, or its
    /// value is outside what can be held.
    /// </summary>
    Opaque,
}

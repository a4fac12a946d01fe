using System.Numerics;
using System.Runtime.InteropServices;

namespace Reasoner.Rdf;

/// <summary>
/// What a term stands for, ready to be computed with: a number, a string, a point in time, or the failure of a
/// computation. A value made from a term remembers the term, so <c>"01"^^xsd:integer</c> counts as 1 yet stays itself
/// when it is only passed on. Numbers and booleans are held without allocation. The default value is <see
/// cref="Error"/>.
/// </summary>
/// <remarks>
/// Integers are exact up to <see cref="MaxIntegerBits"/> bits; <c>xsd:decimal</c> has the 28 digits of <see
/// cref="decimal"/>, and a result outside its range is an error that says so.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly partial struct Value
{
    /// <summary>The largest size of an integer, in bits; a result above it is an error.</summary>
    public const int MaxIntegerBits = 4096;

    // The term, or what there is instead: a string's text, an error's reason, an integer too wide for a long.
    private readonly object? _source;
    private readonly Payload _payload;
    private readonly bool _isWide;

    private Value(ValueKind kind, object? source, Payload payload = default, bool isWide = false)
    {
        Kind = kind;
        _source = source;
        _payload = payload;
        _isWide = isWide;
    }

    /// <summary>What kind of value this is.</summary>
    public ValueKind Kind { get; }

    /// <summary>A failed evaluation without a particular reason: a type error or an unbound variable.</summary>
    public static Value Error => default;

    /// <summary>Whether the evaluation that led here failed.</summary>
    public bool IsError => Kind == ValueKind.Error;

    /// <summary>Why the evaluation failed, where more can be said than that the types do not fit; else null.</summary>
    public string? ErrorReason => IsError ? (string?)_source : null;

    /// <summary>Whether this is an integer, decimal, float or double.</summary>
    public bool IsNumeric => Kind is >= ValueKind.Integer and <= ValueKind.Double;

    /// <summary>Whether this is a literal, of a known datatype or not.</summary>
    public bool IsLiteral =>
        Kind is not (ValueKind.Error or ValueKind.Iri or ValueKind.BlankNode or ValueKind.TripleTerm);

    /// <summary>A failed evaluation and why it failed.</summary>
    public static Value Failure(string reason) => new(ValueKind.Error, reason);

    /// <summary>An <c>xsd:boolean</c>.</summary>
    public static Value FromBoolean(bool value) => new(ValueKind.Boolean, null, new Payload(value ? 1L : 0L));

    /// <summary>An <c>xsd:integer</c>.</summary>
    public static Value FromInteger(long value) => new(ValueKind.Integer, null, new Payload(value));

    /// <summary>An <c>xsd:integer</c>; an error when it has more than <see cref="MaxIntegerBits"/> bits.</summary>
    public static Value FromInteger(BigInteger value) => FromInteger(value, null);

    /// <summary>An <c>xsd:decimal</c>.</summary>
    public static Value FromDecimal(decimal value) => new(ValueKind.Decimal, null, new Payload(value));

    /// <summary>An <c>xsd:float</c>.</summary>
    public static Value FromFloat(float value) => new(ValueKind.Float, null, new Payload((double)value));

    /// <summary>An <c>xsd:double</c>.</summary>
    public static Value FromDouble(double value) => new(ValueKind.Double, null, new Payload(value));

    /// <summary>An <c>xsd:string</c>.</summary>
    public static Value FromString(string value) => new(ValueKind.String, value);

    /// <summary>A string with a language tag and perhaps a base direction.</summary>
    public static Value FromString(string value, string language, BaseDirection direction = BaseDirection.None) =>
        new(ValueKind.LanguageString, new Literal(value, language, direction));

    /// <summary>An <c>xsd:dateTime</c>, in the timezone of the given time.</summary>
    public static Value FromDateTime(DateTimeOffset value) =>
        FromTime(ValueKind.DateTime, new CalendarTime(value.Ticks, (int)value.Offset.TotalMinutes));

    /// <summary>An <c>xsd:dateTime</c>, <c>xsd:date</c> or <c>xsd:time</c>.</summary>
    /// <exception cref="ArgumentException">The kind is none of the three.</exception>
    public static Value FromTime(ValueKind kind, CalendarTime time) => kind switch
    {
        ValueKind.DateTime => new(kind, null, new Payload(time)),
        ValueKind.Date => new(kind, null, new Payload(time.AtMidnight)),
        ValueKind.Time => new(kind, null, new Payload(time.OnDayZero)),
        _ => throw new ArgumentException($"{kind} is not a point in time.", nameof(kind)),
    };

    /// <summary>One of the three duration datatypes; the part that the datatype does not have is dropped.</summary>
    /// <exception cref="ArgumentException">The kind is not that of a duration.</exception>
    public static Value FromDuration(ValueKind kind, CalendarDuration duration) => kind switch
    {
        ValueKind.Duration => new(kind, null, new Payload(duration)),
        ValueKind.DayTimeDuration => new(kind, null, new Payload(new CalendarDuration(0, duration.Ticks))),
        ValueKind.YearMonthDuration => new(kind, null, new Payload(new CalendarDuration(duration.Months, 0))),
        _ => throw new ArgumentException($"{kind} is not a duration.", nameof(kind)),
    };

    /// <summary>
    /// The value of a term. Never an error: a literal without a known value is <see cref="ValueKind.Opaque"/>.
    /// </summary>
    public static Value Of(Term term) => term switch
    {
        Literal literal => LiteralMapping.ValueOf(literal),
        Iri => new(ValueKind.Iri, term),
        BlankNode => new(ValueKind.BlankNode, term),
        _ => new(ValueKind.TripleTerm, term),
    };

    /// <summary>
    /// Reads a lexical form of the datatype that belongs to a kind. Strict: no white space, nothing that XSD 1.1 does
    /// not allow. An error when the form is ill-typed or its value cannot be held.
    /// </summary>
    public static Value Parse(ReadOnlySpan<char> lexicalForm, ValueKind kind) =>
        LexicalReader.Read(lexicalForm, kind);

    /// <summary>
    /// The literal's text: as written where the value came from a literal, else canonical. Null if not a literal.
    /// </summary>
    public string? LexicalForm =>
        !IsLiteral ? null
        : _source as string ?? (Origin as Literal)?.LexicalForm ?? CanonicalForm.Of(this);

    /// <summary>
    /// The literal's text in XSD 1.1's canonical form; as written where the value is not known. Null if not a literal.
    /// </summary>
    public string? CanonicalText =>
        !IsLiteral ? null
        : Kind is ValueKind.Opaque or ValueKind.LanguageString ? ((Literal)_source!).LexicalForm
        : CanonicalForm.Of(this);

    /// <summary>
    /// The literal's datatype, as written where the value came from a literal. Null if not a literal.
    /// </summary>
    public Iri? Datatype => !IsLiteral ? null : (Origin as Literal)?.Datatype ?? LiteralMapping.DatatypeOf(Kind);

    /// <summary>The term that this value came from, or a literal in canonical form.</summary>
    /// <exception cref="InvalidOperationException">This is <see cref="Error"/>, which is no term.</exception>
    public Term ToTerm() => IsError
        ? throw new InvalidOperationException("A failed evaluation has no term; test IsError first.")
        : Origin ?? LiteralMapping.CanonicalLiteral(this);

    /// <summary>The text of a string, with or without a language tag; else null.</summary>
    public string? Text => Kind is ValueKind.String or ValueKind.LanguageString
        ? _source as string ?? ((Literal)_source!).LexicalForm
        : null;

    /// <summary>The language tag in lower case, of a string that has one; else null.</summary>
    public string? Language => Kind == ValueKind.LanguageString ? ((Literal)_source!).Language : null;

    /// <summary>The base direction of a string that has one.</summary>
    public BaseDirection Direction =>
        Kind == ValueKind.LanguageString ? ((Literal)_source!).Direction : BaseDirection.None;

    /// <summary>The number as a double, rounded where it must be. False when this is not a number.</summary>
    public bool TryGetDouble(out double number)
    {
        number = IsNumeric ? AsDouble : 0;
        return IsNumeric;
    }

    /// <summary>The integer, when this is one that fits.</summary>
    public bool TryGetInteger(out long number)
    {
        var fits = Kind == ValueKind.Integer && !_isWide;
        number = fits ? _payload.Integer : 0;
        return fits;
    }

    /// <summary>The integer or decimal as a decimal, when it fits.</summary>
    public bool TryGetDecimal(out decimal number)
    {
        number = 0;
        if (Kind is not (ValueKind.Integer or ValueKind.Decimal)) return false;
        if (_isWide && BigInteger.Abs(Wide) > s_maxDecimal) return false;
        number = AsDecimal;
        return true;
    }

    /// <summary>The point in time, when this is a dateTime, date or time.</summary>
    public bool TryGetTime(out CalendarTime time)
    {
        var isTime = Kind is ValueKind.DateTime or ValueKind.Date or ValueKind.Time;
        time = isTime ? _payload.Time : default;
        return isTime;
    }

    /// <summary>The duration, when this is one of the three kinds.</summary>
    public bool TryGetDuration(out CalendarDuration duration)
    {
        var isDuration = IsDuration;
        duration = isDuration ? _payload.Duration : default;
        return isDuration;
    }

    /// <summary>SPARQL's effective boolean value (SPARQL 1.2 Query, 17.2.2); null is a type error.</summary>
    public bool? EffectiveBooleanValue => Kind switch
    {
        ValueKind.Boolean => _payload.Integer != 0,
        ValueKind.String => Text!.Length > 0,
        ValueKind.Integer => _isWide || _payload.Integer != 0,
        ValueKind.Decimal => _payload.Decimal != 0,
        ValueKind.Float or ValueKind.Double => _payload.Number != 0 && !double.IsNaN(_payload.Number),
        _ => null,
    };

    /// <summary>RDF term equality of the two values' terms. False when either is an error.</summary>
    public static bool SameTerm(in Value left, in Value right)
    {
        if (left.Kind != right.Kind || left.IsError) return false;
        return left.ToTerm().Equals(right.ToTerm());
    }

    /// <summary>The term in canonical N-Triples, or what went wrong.</summary>
    public override string ToString() => IsError ? $"error: {ErrorReason ?? "type error"}" : ToTerm().ToString()!;

    internal static Value FromInteger(BigInteger value, Term? origin)
    {
        if (value >= long.MinValue && value <= long.MaxValue)
            return new(ValueKind.Integer, origin, new Payload((long)value));
        return value.GetBitLength() <= MaxIntegerBits
            ? new(ValueKind.Integer, new WideInteger(value, origin), default, isWide: true)
            : Failure($"The integer has more than {MaxIntegerBits} bits.");
    }

    internal static Value OfString(Literal literal) => new(ValueKind.String, literal);

    internal static Value OfLanguageString(Literal literal) => new(ValueKind.LanguageString, literal);

    internal static Value Opaque(Literal literal) => new(ValueKind.Opaque, literal);

    internal Value WithOrigin(Literal literal) => _isWide
        ? new(Kind, new WideInteger(Wide, literal), default, isWide: true)
        : new(Kind, literal, _payload);

    internal bool IsDuration =>
        Kind is ValueKind.Duration or ValueKind.DayTimeDuration or ValueKind.YearMonthDuration;

    internal bool AsBoolean => _payload.Integer != 0;

    internal BigInteger AsBigInteger => _isWide ? Wide : _payload.Integer;

    internal double AsDouble => Kind switch
    {
        ValueKind.Integer => _isWide ? (double)Wide : _payload.Integer,
        ValueKind.Decimal => (double)_payload.Decimal,
        _ => _payload.Number,
    };

    internal float AsFloat => Kind switch
    {
        ValueKind.Integer => _isWide ? (float)Wide : _payload.Integer,
        ValueKind.Decimal => (float)_payload.Decimal,
        _ => (float)_payload.Number,
    };

    private Term? Origin => _isWide ? ((WideInteger)_source!).Origin : _source as Term;

    private decimal AsDecimal => Kind == ValueKind.Decimal ? _payload.Decimal
        : _isWide ? (decimal)Wide : _payload.Integer;

    private BigInteger Wide => ((WideInteger)_source!).Number;

    private sealed record WideInteger(BigInteger Number, Term? Origin);

    [StructLayout(LayoutKind.Explicit)]
    private readonly struct Payload
    {
        [FieldOffset(0)] public readonly long Integer;
        [FieldOffset(0)] public readonly double Number;
        [FieldOffset(0)] public readonly decimal Decimal;
        [FieldOffset(0)] public readonly CalendarTime Time;
        [FieldOffset(0)] public readonly CalendarDuration Duration;

        public Payload(long integer) => Integer = integer;

        public Payload(double number) => Number = number;

        public Payload(decimal number) => Decimal = number;

        public Payload(CalendarTime time) => Time = time;

        public Payload(CalendarDuration duration) => Duration = duration;
    }
}

#pragma warning disable CS1591 // The members are named as SRL's grammar names them; see SPARQL 1.2 Query, section 17.

namespace Reasoner.Rules;

/// <summary>
/// The operators and built-in functions of SRL (SPARQL 1.2 RL grammar, production BuiltInCall, and the operators of SPARQL 1.2
/// Query 17.3) and the XSD casts, which are called by datatype IRI.
/// </summary>
public enum Function
{
    // Functional forms: they decide which of their arguments are evaluated.
    Or, And, If, In, NotIn,

    // Operators.
    Not, Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual,
    Add, Subtract, Multiply, Divide, UnaryPlus, UnaryMinus,

    // Terms.
    Str, Lang, LangMatches, LangDir, Datatype, Iri, BNode, SameTerm, IsIri, IsBlank, IsLiteral, IsNumeric,
    HasLang, HasLangDir, StrLang, StrLangDir, StrDt, Uuid, StrUuid,

    // Numbers.
    Abs, Ceil, Floor, Round,

    // Strings.
    Concat, Substr, StrLen, Replace, UCase, LCase, EncodeForUri, Contains, StrStarts, StrEnds, StrBefore, StrAfter, Regex,

    // Dates and times.
    Year, Month, Day, Hours, Minutes, Seconds, Timezone, Tz, Now,

    // Triple terms.
    Triple, Subject, Predicate, Object, IsTriple,

    // Casts, named by their XSD datatype.
    CastString, CastBoolean, CastInteger, CastDecimal, CastFloat, CastDouble, CastDate, CastTime, CastDateTime,
    CastDuration, CastDayTimeDuration, CastYearMonthDuration,
}

using System.Globalization;
using Reasoner.Rdf;

namespace Reasoner.Rules.Tests;

public class FunctionTests
{
    private static EvaluationContext NewContext(string seed = "test") =>
        new(new DateTimeOffset(2026, 8, 1, 12, 30, 0, TimeSpan.Zero), new Iri("http://example.org/a/b?q#f"), seed);

    private static string Invoke(Function function, params string[] arguments) =>
        TermNotation.Print(Functions.Invoke(function, [.. arguments.Select(TermNotation.ValueOf)], NewContext()));

    [Theory]
    [InlineData(Function.Str, "<http://a/>", "\"http://a/\"")]
    [InlineData(Function.Str, "\"x\"@en", "\"x\"")]
    [InlineData(Function.Str, "\"01\"^^xsd:integer", "\"01\"")]
    [InlineData(Function.Str, "_:b", "error")]
    [InlineData(Function.Lang, "\"abc\"@en--ltr", "\"en\"")]
    [InlineData(Function.Lang, "1", "\"\"")]
    [InlineData(Function.Lang, "<http://a/>", "error")]
    [InlineData(Function.LangDir, "\"abc\"@en--ltr", "\"ltr\"")]
    [InlineData(Function.LangDir, "\"abc\"@en", "\"\"")]
    [InlineData(Function.LangDir, "<http://a/>", "error")]
    [InlineData(Function.HasLang, "\"abc\"@en", "true")]
    [InlineData(Function.HasLang, "<http://a/>", "false")]
    [InlineData(Function.HasLangDir, "\"abc\"@en", "false")]
    [InlineData(Function.HasLangDir, "\"abc\"@en--rtl", "true")]
    [InlineData(Function.Datatype, "\"1\"^^xsd:byte", "<http://www.w3.org/2001/XMLSchema#byte>")]
    [InlineData(Function.Datatype, "\"a\"", "<http://www.w3.org/2001/XMLSchema#string>")]
    [InlineData(Function.Datatype, "\"a\"@en", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>")]
    [InlineData(Function.Datatype, "_:b", "error")]
    [InlineData(Function.Iri, "\"http://x.y/z\"", "<http://x.y/z>")]
    [InlineData(Function.Iri, "\"c\"", "<http://example.org/a/c>")]
    [InlineData(Function.Iri, "\"../../c/./d/..\"", "<http://example.org/c/>")]
    [InlineData(Function.Iri, "\"//h/x\"", "<http://h/x>")]
    [InlineData(Function.Iri, "\"/x\"", "<http://example.org/x>")]
    [InlineData(Function.Iri, "\"?r\"", "<http://example.org/a/b?r>")]
    [InlineData(Function.Iri, "\"#g\"", "<http://example.org/a/b?q#g>")]
    [InlineData(Function.Iri, "\"\"", "<http://example.org/a/b?q>")]
    [InlineData(Function.Iri, "\"a b\"", "error")]
    [InlineData(Function.Iri, "1", "error")]
    [InlineData(Function.IsIri, "<http://a/>", "true")]
    [InlineData(Function.IsIri, "\"http://a/\"", "false")]
    [InlineData(Function.IsBlank, "_:b", "true")]
    [InlineData(Function.IsLiteral, "\"x\"^^<http://my/type>", "true")]
    [InlineData(Function.IsLiteral, "_:b", "false")]
    [InlineData(Function.IsNumeric, "\"12\"", "false")]
    [InlineData(Function.IsNumeric, "\"12\"^^xsd:nonNegativeInteger", "true")]
    [InlineData(Function.IsNumeric, "\"1200\"^^xsd:byte", "false")]
    [InlineData(Function.Abs, "-5", "5")]
    [InlineData(Function.Abs, "-1.5", "1.5")]
    [InlineData(Function.Abs, "-0e0", "\"0.0E0\"^^xsd:double")]
    [InlineData(Function.Abs, "\"-9223372036854775808\"^^xsd:integer", "9223372036854775808")]
    [InlineData(Function.Abs, "\"1\"", "error")]
    [InlineData(Function.Ceil, "10.5", "\"11\"^^xsd:decimal")]
    [InlineData(Function.Ceil, "-10.5", "\"-10\"^^xsd:decimal")]
    [InlineData(Function.Floor, "10.5", "\"10\"^^xsd:decimal")]
    [InlineData(Function.Floor, "-10.5", "\"-11\"^^xsd:decimal")]
    [InlineData(Function.Round, "2.4999", "\"2\"^^xsd:decimal")]
    [InlineData(Function.Round, "2.5", "\"3\"^^xsd:decimal")]
    [InlineData(Function.Round, "-2.5", "\"-2\"^^xsd:decimal")]
    [InlineData(Function.Round, "-2.5e0", "\"-2.0E0\"^^xsd:double")]
    [InlineData(Function.Round, "-0.3e0", "\"-0.0E0\"^^xsd:double")]
    [InlineData(Function.Round, "0.49999999999999994e0", "\"0.0E0\"^^xsd:double")]
    [InlineData(Function.Round, "4503599627370497e0", "\"4.503599627370497E15\"^^xsd:double")]
    [InlineData(Function.Round, "\"INF\"^^xsd:double", "\"INF\"^^xsd:double")]
    [InlineData(Function.Round, "\"NaN\"^^xsd:float", "\"NaN\"^^xsd:float")]
    [InlineData(Function.Round, "7", "7")]
    [InlineData(Function.StrLen, "\"chat\"@en", "4")]
    [InlineData(Function.StrLen, "\"a\U0001F600b\"", "3")]
    [InlineData(Function.StrLen, "1", "error")]
    [InlineData(Function.UCase, "\"foo\"@en", "\"FOO\"@en")]
    [InlineData(Function.LCase, "\"BAR\"@en--ltr", "\"bar\"@en--ltr")]
    [InlineData(Function.EncodeForUri, "\"Los Angeles\"@en", "\"Los%20Angeles\"")]
    [InlineData(Function.EncodeForUri, "\"é/~-_.!\"", "\"%C3%A9%2F~-_.%21\"")]
    [InlineData(Function.Year, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "2011")]
    [InlineData(Function.Month, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "1")]
    [InlineData(Function.Day, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "10")]
    [InlineData(Function.Hours, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "14")]
    [InlineData(Function.Minutes, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "45")]
    [InlineData(Function.Seconds, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "13.815")]
    [InlineData(Function.Timezone, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "\"-PT5H\"^^xsd:dayTimeDuration")]
    [InlineData(Function.Timezone, "\"2011-01-10T14:45:13.815Z\"^^xsd:dateTime", "\"PT0S\"^^xsd:dayTimeDuration")]
    [InlineData(Function.Timezone, "\"2011-01-10T14:45:13.815\"^^xsd:dateTime", "error")]
    [InlineData(Function.Tz, "\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime", "\"-05:00\"")]
    [InlineData(Function.Tz, "\"2011-01-10T14:45:13.815Z\"^^xsd:dateTime", "\"Z\"")]
    [InlineData(Function.Tz, "\"2011-01-10T14:45:13.815\"^^xsd:dateTime", "\"\"")]
    [InlineData(Function.Year, "\"2011-01-10\"^^xsd:date", "2011")]
    [InlineData(Function.Hours, "\"2011-01-10\"^^xsd:date", "error")]
    [InlineData(Function.Year, "\"2011\"", "error")]
    [InlineData(Function.UnaryMinus, "5", "-5")]
    [InlineData(Function.UnaryMinus, "\"5\"", "error")]
    [InlineData(Function.UnaryPlus, "\"5\"", "error")]
    [InlineData(Function.Not, "\"\"", "true")]
    [InlineData(Function.Not, "<http://a/>", "error")]
    [InlineData(Function.Subject, "1", "error")]
    [InlineData(Function.IsTriple, "1", "false")]
    public void Of_one_argument(Function function, string argument, string expected) =>
        Assert.Equal(expected, Invoke(function, argument));

    [Theory]
    [InlineData(Function.LangMatches, "\"de-CH\"", "\"de\"", "true")]
    [InlineData(Function.LangMatches, "\"DE\"", "\"de\"", "true")]
    [InlineData(Function.LangMatches, "\"deu\"", "\"de\"", "false")]
    [InlineData(Function.LangMatches, "\"en\"", "\"*\"", "true")]
    [InlineData(Function.LangMatches, "\"\"", "\"*\"", "false")]
    [InlineData(Function.LangMatches, "\"\"", "\"\"", "false")]
    [InlineData(Function.SameTerm, "2", "\"2\"^^xsd:integer", "true")]
    [InlineData(Function.SameTerm, "2", "\"02\"^^xsd:integer", "false")]
    [InlineData(Function.SameTerm, "2", "2.0", "false")]
    [InlineData(Function.SameTerm, "\"abc\"@en", "\"abc\"@EN", "true")]
    [InlineData(Function.SameTerm, "\"abc\"@en--rtl", "\"abc\"@en", "false")]
    [InlineData(Function.SameTerm, "error", "error", "error")]
    [InlineData(Function.StrLang, "\"chat\"", "\"en\"", "\"chat\"@en")]
    [InlineData(Function.StrLang, "\"chat\"@fr", "\"en\"", "error")]
    [InlineData(Function.StrLang, "\"chat\"", "\"\"", "error")]
    [InlineData(Function.StrLang, "\"chat\"", "\"e n\"", "error")]
    [InlineData(Function.StrDt, "\"123\"", "<http://www.w3.org/2001/XMLSchema#integer>", "123")]
    [InlineData(Function.StrDt, "\"iiii\"", "<http://example/roman>", "\"iiii\"^^<http://example/roman")]
    [InlineData(Function.StrDt, "\"a\"@en", "<http://example/roman>", "error")]
    [InlineData(Function.StrDt, "\"a\"", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>", "error")]
    [InlineData(Function.Contains, "\"foobar\"", "\"bar\"", "true")]
    [InlineData(Function.Contains, "\"foobar\"@en", "\"foo\"@en", "true")]
    [InlineData(Function.Contains, "\"foobar\"@en", "\"foo\"", "true")]
    [InlineData(Function.Contains, "\"foobar\"", "\"foo\"@en", "error")]
    [InlineData(Function.Contains, "\"foobar\"@en", "\"foo\"@fr", "error")]
    [InlineData(Function.Contains, "\"foobar\"@en--ltr", "\"foo\"@en", "error")]
    [InlineData(Function.StrStarts, "\"foobar\"@en", "\"foo\"", "true")]
    [InlineData(Function.StrStarts, "\"foobar\"", "\"bar\"", "false")]
    [InlineData(Function.StrEnds, "\"foobar\"", "\"bar\"", "true")]
    [InlineData(Function.StrEnds, "1", "\"1\"", "error")]
    [InlineData(Function.StrBefore, "\"abc\"", "\"b\"", "\"a\"")]
    [InlineData(Function.StrBefore, "\"abc\"@en", "\"bc\"", "\"a\"@en")]
    [InlineData(Function.StrBefore, "\"abc\"@en", "\"b\"@cy", "error")]
    [InlineData(Function.StrBefore, "\"abc\"@en", "\"\"", "\"\"@en")]
    [InlineData(Function.StrBefore, "\"abc\"@en", "\"z\"@en", "\"\"")]
    [InlineData(Function.StrAfter, "\"abc\"", "\"b\"", "\"c\"")]
    [InlineData(Function.StrAfter, "\"abc\"@en", "\"ab\"", "\"c\"@en")]
    [InlineData(Function.StrAfter, "\"abc\"@en", "\"\"@en", "\"abc\"@en")]
    [InlineData(Function.StrAfter, "\"abc\"@en", "\"xyz\"", "\"\"")]
    [InlineData(Function.Concat, "\"foo\"@en", "\"bar\"@en", "\"foobar\"@en")]
    [InlineData(Function.Concat, "\"foo\"@en", "\"bar\"", "\"foobar\"")]
    [InlineData(Function.Concat, "\"foo\"@en", "\"bar\"@es", "\"foobar\"")]
    [InlineData(Function.Concat, "\"foo\"@en--ltr", "\"bar\"@en--ltr", "\"foobar\"@en--ltr")]
    [InlineData(Function.Concat, "\"foo\"@en--ltr", "\"bar\"@en", "\"foobar\"")]
    [InlineData(Function.Concat, "\"foo\"", "1", "error")]
    [InlineData(Function.Substr, "\"foobar\"@en", "4", "\"bar\"@en")]
    [InlineData(Function.Substr, "\"a\U0001F600bc\"", "3", "\"bc\"")]
    [InlineData(Function.Substr, "\"foobar\"", "-3", "\"foobar\"")]
    [InlineData(Function.Substr, "\"foobar\"", "99", "\"\"")]
    [InlineData(Function.Substr, "\"foobar\"", "1.5", "error")]
    [InlineData(Function.Regex, "\"Alice\"", "\"^ali\"", "false")]
    [InlineData(Function.Regex, "\"Alice\"@en", "\"^Ali\"", "true")]
    [InlineData(Function.Regex, "\"a\nb\"", "\"^a$\"", "false")]
    [InlineData(Function.Regex, "\"a\n\"", "\"^a$\"", "false")]
    [InlineData(Function.Regex, "\"a\rb\"", "\"a.b\"", "false")]
    [InlineData(Function.Regex, "\"a\U0001F600b\"", "\"^a.b$\"", "true")]
    [InlineData(Function.Regex, "\"abab\"", "\"^(ab)\\1$\"", "true")]
    [InlineData(Function.Regex, "\"a_b\"", "\"^\\w+$\"", "false")]
    [InlineData(Function.Regex, "\"a+b\"", "\"^[\\w]+$\"", "true")]
    [InlineData(Function.Regex, "\"cd\"", "\"^[a-z-[aeiou]]+$\"", "true")]
    [InlineData(Function.Regex, "\"ce\"", "\"^[a-z-[aeiou]]+$\"", "false")]
    [InlineData(Function.Regex, "\"a\"", "\"(\"", "error")]
    [InlineData(Function.Regex, "\"a\"", "\"[[:alpha:]]\"", "error")]
    [InlineData(Function.Regex, "\"a]\"", "\"^[\\[a]\\]$\"", "true")]
    [InlineData(Function.Regex, "\"a\"", "\"(?=a)\"", "error")]
    [InlineData(Function.Regex, "\"a\"", "\"\\bx\"", "error")]
    [InlineData(Function.Regex, "1", "\"1\"", "error")]
    [InlineData(Function.Regex, "\"1\"", "\"1\"@en", "error")]
    [InlineData(Function.Equal, "1", "1.0", "true")]
    [InlineData(Function.NotEqual, "\"iv\"^^<http://example/roman>", "\"iiii\"^^<http://example/roman>", "error")]
    [InlineData(Function.Less, "\"2\"", "1", "error")]
    [InlineData(Function.LessOrEqual, "\"NaN\"^^xsd:double", "\"NaN\"^^xsd:double", "false")]
    [InlineData(Function.GreaterOrEqual, "\"NaN\"^^xsd:double", "1", "false")]
    [InlineData(Function.GreaterOrEqual, "2", "2.0", "true")]
    [InlineData(Function.Or, "error", "true", "true")]
    [InlineData(Function.Or, "true", "error", "true")]
    [InlineData(Function.Or, "error", "false", "error")]
    [InlineData(Function.Or, "false", "error", "error")]
    [InlineData(Function.Or, "error", "error", "error")]
    [InlineData(Function.And, "error", "true", "error")]
    [InlineData(Function.And, "error", "false", "false")]
    [InlineData(Function.And, "false", "error", "false")]
    [InlineData(Function.And, "1", "\"x\"", "true")]
    public void Of_two_arguments(Function function, string first, string second, string expected) =>
        Assert.Equal(expected, Invoke(function, first, second));

    [Theory]
    [InlineData(Function.StrLangDir, "\"chat\"", "\"en\"", "\"ltr\"", "\"chat\"@en--ltr")]
    [InlineData(Function.StrLangDir, "\"chat\"", "\"en\"", "\"LTR\"", "error")]
    [InlineData(Function.StrLangDir, "\"chat\"", "\"en\"", "\"\"", "error")]
    [InlineData(Function.Substr, "\"foobar\"", "4", "1", "\"b\"")]
    [InlineData(Function.Substr, "\"foobar\"", "0", "3", "\"fo\"")]
    [InlineData(Function.Substr, "\"foobar\"", "2", "-1", "\"\"")]
    [InlineData(Function.Substr, "\"foobar\"", "-9223372036854775808", "9223372036854775807", "\"\"")]
    [InlineData(Function.Substr, "\"foobar\"", "3", "9223372036854775807", "\"obar\"")]
    [InlineData(Function.Substr, "\"a\U0001F600bc\"", "2", "2", "\"\U0001F600b\"")]
    [InlineData(Function.Regex, "\"Alice\"", "\"^ali\"", "\"i\"", "true")]
    [InlineData(Function.Regex, "\"a\nb\"", "\"^b$\"", "\"m\"", "true")]
    [InlineData(Function.Regex, "\"a\nb\"", "\"a.b\"", "\"s\"", "true")]
    [InlineData(Function.Regex, "\"helloworld\"", "\"hello[ ]world\"", "\"x\"", "false")]
    [InlineData(Function.Regex, "\"helloworld\"", "\"hello world # \"", "\"x\"", "false")]
    [InlineData(Function.Regex, "\"helloworld\"", "\" hello world \"", "\"x\"", "true")]
    [InlineData(Function.Regex, "\"a.b\"", "\"A.B\"", "\"qi\"", "true")]
    [InlineData(Function.Regex, "\"axb\"", "\"a.b\"", "\"q\"", "false")]
    [InlineData(Function.Regex, "\"a\"", "\"a\"", "\"g\"", "error")]
    [InlineData(Function.Replace, "\"abcd\"", "\"b\"", "\"Z\"", "\"aZcd\"")]
    [InlineData(Function.Replace, "\"abracadabra\"@en", "\"bra\"", "\"*\"", "\"a*cada*\"@en")]
    [InlineData(Function.Replace, "\"abracadabra\"", "\"a.*?a\"", "\"*\"", "\"*c*bra\"")]
    [InlineData(Function.Replace, "\"abracadabra\"", "\"a(.)\"", "\"a$1$1\"", "\"abbraccaddabbra\"")]
    [InlineData(Function.Replace, "\"AAAA\"", "\"A+\"", "\"\\$1\"", "\"$1\"")]
    [InlineData(Function.Replace, "\"ab\"", "\"(a)(b)\"", "\"$20$12\"", "\"b0a2\"")]
    [InlineData(Function.Replace, "\"ab\"", "\"(a)\"", "\"[$0$9]\"", "\"[a]b\"")]
    [InlineData(Function.Replace, "\"abc\"", "\"x*\"", "\"-\"", "error")]
    [InlineData(Function.Replace, "\"abc\"", "\"b\"", "\"$\"", "error")]
    [InlineData(Function.Replace, "\"abc\"", "\"b\"", "\"\\n\"", "error")]
    [InlineData(Function.If, "true", "1", "error", "1")]
    [InlineData(Function.If, "\"\"", "error", "2", "2")]
    [InlineData(Function.If, "error", "1", "2", "error")]
    [InlineData(Function.In, "2", "1", "2.0", "true")]
    [InlineData(Function.In, "2", "error", "2", "true")]
    [InlineData(Function.In, "2", "3", "error", "error")]
    [InlineData(Function.In, "2", "<http://a/>", "\"str\"", "false")]
    [InlineData(Function.NotIn, "2", "error", "2", "false")]
    [InlineData(Function.NotIn, "2", "3", "4", "true")]
    [InlineData(Function.NotIn, "2", "3", "error", "error")]
    public void Of_three_arguments(Function function, string first, string second, string third, string expected) =>
        Assert.Equal(expected, Invoke(function, first, second, third));

    [Theory]
    [InlineData(Function.CastString, "1.50", "\"1.5\"")]
    [InlineData(Function.CastString, "<http://a/>", "\"http://a/\"")]
    [InlineData(Function.CastString, "1e0", "\"1\"")]
    [InlineData(Function.CastString, "1e6", "\"1.0E6\"")]
    [InlineData(Function.CastString, "-0e0", "\"-0\"")]
    [InlineData(Function.CastString, "\"0.1\"^^xsd:float", "\"0.1\"")]
    [InlineData(Function.CastString, "_:b", "error")]
    [InlineData(Function.CastBoolean, "\"true\"", "true")]
    [InlineData(Function.CastBoolean, "\" 0 \"", "false")]
    [InlineData(Function.CastBoolean, "\"NaN\"^^xsd:double", "false")]
    [InlineData(Function.CastBoolean, "2.5", "true")]
    [InlineData(Function.CastBoolean, "\"yes\"", "error")]
    [InlineData(Function.CastInteger, "\" 42\n\"", "42")]
    [InlineData(Function.CastInteger, "-1.9", "-1")]
    [InlineData(Function.CastInteger, "1e20", "100000000000000000000")]
    [InlineData(Function.CastInteger, "\"INF\"^^xsd:double", "error")]
    [InlineData(Function.CastInteger, "\"1.5\"", "error")]
    [InlineData(Function.CastInteger, "true", "1")]
    [InlineData(Function.CastInteger, "\"07\"^^xsd:byte", "7")]
    [InlineData(Function.CastInteger, "\"2011-01-10\"^^xsd:date", "error")]
    [InlineData(Function.CastDecimal, "0.1e0", "0.1")]
    [InlineData(Function.CastDecimal, "1e40", "error")]
    [InlineData(Function.CastDecimal, "\"1e2\"", "error")]
    [InlineData(Function.CastDecimal, "\"0.1\"^^xsd:float", "0.1")]
    [InlineData(Function.CastFloat, "0.1", "\"1.0E-1\"^^xsd:float")]
    [InlineData(Function.CastFloat, "1e300", "\"INF\"^^xsd:float")]
    [InlineData(Function.CastDouble, "\"0.5\"^^xsd:float", "\"5.0E-1\"^^xsd:double")]
    [InlineData(Function.CastDouble, "\"INF\"", "\"INF\"^^xsd:double")]
    [InlineData(Function.CastDouble, "<http://a/>", "error")]
    [InlineData(Function.CastDate, "\"2011-01-10T14:45:13Z\"^^xsd:dateTime", "\"2011-01-10Z\"^^xsd:date")]
    [InlineData(Function.CastTime, "\"2011-01-10T14:45:13Z\"^^xsd:dateTime", "\"14:45:13Z\"^^xsd:time")]
    [InlineData(Function.CastDateTime, "\"2011-01-10-05:00\"^^xsd:date", "\"2011-01-10T00:00:00-05:00\"^^xsd:dateTime")]
    [InlineData(Function.CastDateTime, "\"2011-01-10\"", "error")]
    [InlineData(Function.CastTime, "\"2011-01-10\"^^xsd:date", "error")]
    [InlineData(Function.CastDuration, "\"P1D\"^^xsd:dayTimeDuration", "\"P1D\"^^xsd:duration")]
    [InlineData(Function.CastDayTimeDuration, "\"P1Y2DT3H\"^^xsd:duration", "\"P2DT3H\"^^xsd:dayTimeDuration")]
    [InlineData(Function.CastYearMonthDuration, "\"P1Y2DT3H\"^^xsd:duration", "\"P1Y\"^^xsd:yearMonthDuration")]
    [InlineData(Function.CastYearMonthDuration, "\"P14M\"", "\"P1Y2M\"^^xsd:yearMonthDuration")]
    public void Cast(Function function, string argument, string expected) =>
        Assert.Equal(expected, Invoke(function, argument));

    [Fact]
    public void Triple_terms_are_taken_apart_as_they_were_put_together()
    {
        var context = NewContext();
        Value s = TermNotation.ValueOf("<http://s>"), p = TermNotation.ValueOf("<http://p>"), o = TermNotation.ValueOf("\"01\"^^xsd:integer");
        var triple = Functions.Invoke(Function.Triple, [s, p, o], context);
        Assert.Equal(ValueKind.TripleTerm, triple.Kind);
        Assert.Equal(s.ToTerm(), Functions.Invoke(Function.Subject, [triple], context).ToTerm());
        Assert.Equal(p.ToTerm(), Functions.Invoke(Function.Predicate, [triple], context).ToTerm());
        Assert.Equal(o.ToTerm(), Functions.Invoke(Function.Object, [triple], context).ToTerm());
        Assert.True(Functions.Invoke(Function.IsTriple, [triple], context).EffectiveBooleanValue);
        Assert.True(Functions.Invoke(Function.Triple, [o, p, s], context).IsError);
        Assert.True(Functions.Invoke(Function.Triple, [s, TermNotation.ValueOf("_:b"), o], context).IsError);
    }

    [Fact]
    public void Culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal("-1.5", Invoke(Function.CastDecimal, "\"-1.50\""));
            Assert.Equal("-0.1", Invoke(Function.CastDecimal, "-0.1e0"));
            Assert.Equal("\"-1.5\"", Invoke(Function.CastString, "-1.5e0"));
            Assert.Equal("\"-2.5E-1\"^^xsd:float", Invoke(Function.CastFloat, "-0.25"));
            Assert.Equal("-3", Invoke(Function.CastInteger, "-3.9e0"));
            Assert.Equal("13.815", Invoke(Function.Seconds, "\"2011-01-10T14:45:13.815Z\"^^xsd:dateTime"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Now_is_fixed() =>
        Assert.Equal("\"2026-08-01T12:30:00Z\"^^xsd:dateTime", Invoke(Function.Now));

    [Fact]
    public void Fresh_names_differ_within_an_evaluation_and_repeat_in_its_repetition()
    {
        static List<string> Run(string seed)
        {
            var context = NewContext(seed);
            var names = new List<string>();
            foreach (var key in (string[])["first", "second"])
            {
                context.BeginSolution(key);
                for (var i = 0; i < 3; i++)
                {
                    names.Add(Functions.Invoke(Function.Uuid, [], context).ToString());
                    names.Add(Functions.Invoke(Function.StrUuid, [], context).ToString());
                    names.Add(Functions.Invoke(Function.BNode, [], context).ToString());
                }

                names.Add(Functions.Invoke(Function.BNode, [Value.FromString("x")], context).ToString());
                Assert.Equal(names[^1], Functions.Invoke(Function.BNode, [Value.FromString("x")], context).ToString());
            }

            return names;
        }

        var names = Run("seed");
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(names, Run("seed"));
        Assert.Empty(names.Intersect(Run("other")));
        Assert.Matches("^<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>$", names[0]);
    }

    [Fact]
    public void Matching_without_end_is_cut_off_with_a_reason()
    {
        var text = Value.FromString(new string('a', 40) + "!");
        var result = Functions.Invoke(Function.Regex, [text, Value.FromString(@"^(a)?\1?(a+)+$")], NewContext());
        Assert.NotNull(result.ErrorReason);
    }

    [Fact]
    public void Patterns_made_from_data_do_not_fill_memory()
    {
        var context = NewContext();
        for (var i = 0; i < 1000; i++)
        {
            var number = Value.FromString(i.ToString(CultureInfo.InvariantCulture));
            Assert.True(Functions.Invoke(Function.Regex, [number, number], context).EffectiveBooleanValue);
        }

        Assert.InRange(context.Patterns.Count, 1, 256);
    }

    [Fact]
    public void Every_function_has_a_name_and_an_arity_and_is_found_by_its_name()
    {
        foreach (var function in Enum.GetValues<Function>())
        {
            var (min, max) = Functions.Arity(function);
            Assert.InRange(max, Math.Max(min, 0), int.MaxValue);
            var name = Functions.NameOf(function);
            if (function >= Function.CastString) Assert.Equal(function, Functions.FromIri(name));
            else if (function is Function.If or >= Function.Str) Assert.Equal(function, Functions.FromKeyword(name.ToLowerInvariant()));
            else Assert.Null(Functions.FromKeyword(name));
        }

        Assert.Equal(Function.Iri, Functions.FromKeyword("uri"));
        Assert.Equal(Function.IsIri, Functions.FromKeyword("ISURI"));
        Assert.Null(Functions.FromKeyword("COALESCE"));
        Assert.Null(Functions.FromIri("http://www.w3.org/2001/XMLSchema#hexBinary"));
    }

    [Fact]
    public void A_wrong_number_of_arguments_is_a_broken_promise_of_the_parser() =>
        Assert.Throws<ArgumentException>(() => Functions.Invoke(Function.Abs, [], NewContext()));

    [Fact]
    public void No_function_throws_on_any_arguments()
    {
        string[] some =
        [
            "<http://a/>", "_:b", "\"\"", "\"a\"", "\"a\"@en", "\"[\"", "\"x\"^^xsd:integer", "1", "-5", "2.5", "1e0", "true",
            "\"9223372036854775807\"^^xsd:integer", "\"99999999999999999999999999999999\"^^xsd:integer", "\"NaN\"^^xsd:double",
            "\"INF\"^^xsd:float", "\"79228162514264337593543950335\"^^xsd:decimal", "\"2011-01-10\"^^xsd:date",
            "\"20000-12-31T23:59:59-14:00\"^^xsd:dateTime", "\"10:00:00\"^^xsd:time", "\"P1Y1D\"^^xsd:duration",
            "\"-P106751991D\"^^xsd:dayTimeDuration", "\"P100000000Y\"^^xsd:yearMonthDuration", "\"v\"^^<http://my/type>", "error",
        ];
        var values = some.Select(TermNotation.ValueOf).ToArray();
        var context = NewContext();
        foreach (var function in Enum.GetValues<Function>())
        {
            var (min, max) = Functions.Arity(function);
            for (var count = min; count <= Math.Min(max, 3); count++)
            {
                for (var i = 0; i < (int)Math.Pow(values.Length, count); i++)
                {
                    var arguments = new Value[count];
                    for (int place = 0, rest = i; place < count; place++, rest /= values.Length) arguments[place] = values[rest % values.Length];
                    var result = Functions.Invoke(function, arguments, context);
                    if (!result.IsError) Assert.NotNull(result.ToTerm());
                }
            }
        }
    }
}

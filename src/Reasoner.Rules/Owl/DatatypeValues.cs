using System.Collections.Frozen;
using Reasoner.Rdf;

namespace Reasoner.Rules;

/// <summary>
/// Whether a literal's value is in a datatype's value space (dt-type2, dt-not-type), as a FILTER. Decimal numbers are told
/// by value, so that 5 is an xsd:byte whatever its datatype; other values by the datatypes that share a value space.
/// </summary>
internal static class DatatypeValues
{
    private static readonly string[] _strings = ["string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"];
    private static readonly string[] _durations = ["duration", "dayTimeDuration", "yearMonthDuration"];
    private static readonly string[] _times = ["dateTime", "dateTimeStamp"];
    private static readonly string[] _everything = ["anyType", "anySimpleType", "anyAtomicType"];

    // Whether the numbers are whole, the least and the greatest; an empty text where there is none.
    private static readonly FrozenDictionary<string, (bool IsWhole, string Least, string Greatest)> _decimals =
        new Dictionary<string, (bool, string, string)>
        {
            ["decimal"] = (false, "", ""),
            ["integer"] = (true, "", ""),
            ["long"] = (true, "-9223372036854775808", "9223372036854775807"),
            ["int"] = (true, "-2147483648", "2147483647"),
            ["short"] = (true, "-32768", "32767"),
            ["byte"] = (true, "-128", "127"),
            ["nonNegativeInteger"] = (true, "0", ""),
            ["positiveInteger"] = (true, "1", ""),
            ["nonPositiveInteger"] = (true, "", "0"),
            ["negativeInteger"] = (true, "", "-1"),
            ["unsignedLong"] = (true, "0", "18446744073709551615"),
            ["unsignedInt"] = (true, "0", "4294967295"),
            ["unsignedShort"] = (true, "0", "65535"),
            ["unsignedByte"] = (true, "0", "255"),
        }.ToFrozenDictionary();

    /// <summary>True only of literals whose value surely is in the datatype's value space.</summary>
    public static Expression IsIn(Iri datatype, Variable value, SourcePosition position)
    {
        var test = new Test(value, position);
        var name = NameOf(datatype);
        if (IsEveryLiteral(datatype)) return test.Call(Function.IsLiteral, test.Value);
        if (_decimals.TryGetValue(name, out var numbers)) return test.IsDecimal(numbers);
        var narrower = name switch
        {
            "string" => _strings,
            "normalizedString" => _strings[1..],
            "token" => _strings[2..],
            "Name" => ["Name", "NCName"],
            "duration" => _durations,
            "dateTime" => _times,
            _ => [],
        };
        return narrower.Length > 0 ? test.HasDatatype(narrower) : test.HasDatatype(datatype);
    }

    /// <summary>True only of literals whose value surely is not in the datatype's value space; null where nothing tells.</summary>
    public static Expression? IsOutside(Iri datatype, Variable value, SourcePosition position)
    {
        var name = NameOf(datatype);
        if (IsEveryLiteral(datatype) || (name.Length == 0 && datatype != RdfVocabulary.LangString)) return null;
        var test = new Test(value, position);
        var may = _decimals.TryGetValue(name, out var numbers) ? test.IsDecimal(numbers)
            : _strings.Contains(name) ? test.HasDatatype(_strings)
            : _durations.Contains(name) ? test.HasDatatype(_durations)
            : _times.Contains(name) ? test.HasDatatype(_times)
            : test.HasDatatype(datatype);
        return test.Call(Function.And, test.Call(Function.IsLiteral, test.Value), test.Call(Function.Not, may));
    }

    private static bool IsEveryLiteral(Iri datatype) =>
        datatype == OwlVocabulary.RdfsLiteral || _everything.Contains(NameOf(datatype));

    /// <summary>The name of an XSD datatype; empty for others.</summary>
    private static string NameOf(Iri datatype) =>
        datatype.Value.StartsWith(Xsd.Namespace, StringComparison.Ordinal) ? datatype.Value[Xsd.Namespace.Length..] : "";

    /// <summary>Builds tests of one variable's value. None of them is an error for a literal.</summary>
    private sealed class Test(Variable value, SourcePosition position)
    {
        public Expression Value { get; } = new VariableExpression(value.Name, position);

        public CallExpression Call(Function function, params Expression[] arguments) => new(function, [.. arguments], position);

        public CallExpression HasDatatype(Iri datatype) =>
            Call(Function.Equal, Call(Function.Datatype, Value), new ConstantExpression(datatype, position));

        public CallExpression HasDatatype(string[] names) => Call(
            Function.In,
            [Call(Function.Datatype, Value), .. names.Select(name => new ConstantExpression(new Iri(Xsd.Namespace + name), position))]);

        public Expression IsDecimal((bool IsWhole, string Least, string Greatest) numbers)
        {
            Expression test = Call(Function.And, Call(Function.IsNumeric, Value), HasDatatype([.. _decimals.Keys.Order(StringComparer.Ordinal)]));
            if (numbers.IsWhole) And(Function.Equal, Call(Function.Floor, Value), Value);
            if (numbers.Least.Length > 0) And(Function.GreaterOrEqual, Value, Number(numbers.Least));
            if (numbers.Greatest.Length > 0) And(Function.LessOrEqual, Value, Number(numbers.Greatest));
            return test;

            void And(Function comparison, Expression left, Expression right) =>
                test = Call(Function.And, test, Call(comparison, left, right));
        }

        private ConstantExpression Number(string digits) => new(new Literal(digits, Xsd.Integer), position);
    }
}

using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reasoner.Knowledge;

/// <summary>Numbers and booleans of JSON as literals (JSON-LD 1.1 Processing Algorithms and API, section 7.2).</summary>
internal sealed class NativeLiterals(JsonText text, TermDictionary terms)
{
    /// <summary>From here on JSON-LD writes whole numbers as doubles.</summary>
    private const double LargestInteger = 1e21;

    private static ReadOnlySpan<byte> Boolean => "http://www.w3.org/2001/XMLSchema#boolean"u8;

    private static ReadOnlySpan<byte> Integer => "http://www.w3.org/2001/XMLSchema#integer"u8;

    private static ReadOnlySpan<byte> Decimal => "http://www.w3.org/2001/XMLSchema#decimal"u8;

    private static ReadOnlySpan<byte> Double => "http://www.w3.org/2001/XMLSchema#double"u8;

    private static ReadOnlySpan<byte> String => "http://www.w3.org/2001/XMLSchema#string"u8;

    /// <summary>The literal of a number, true or false.</summary>
    /// <param name="token">The value.</param>
    /// <param name="datatype">The datatype's IRI that was asked for; empty for the native one.</param>
    public int Add(int token, ReadOnlySpan<byte> datatype) => text.Kind(token) switch
    {
        JsonTokenType.True => terms.AddLiteral("true"u8, DatatypeId(datatype.IsEmpty ? Boolean : datatype)),
        JsonTokenType.False => terms.AddLiteral("false"u8, DatatypeId(datatype.IsEmpty ? Boolean : datatype)),
        _ => AddNumber(token, datatype),
    };

    /// <summary>The id of a datatype for the dictionary, in which 0 is xsd:string.</summary>
    public int DatatypeId(ReadOnlySpan<byte> datatype) => datatype.IsEmpty || datatype.SequenceEqual(String) ? 0 : terms.AddIri(datatype);

    private int AddNumber(int token, ReadOnlySpan<byte> datatype)
    {
        var written = text.Bytes(token);
        if (datatype.SequenceEqual(Decimal)) return terms.AddLiteral(DecimalForm(token, written), terms.AddIri(Decimal));
        var isDouble = datatype.SequenceEqual(Double);
        if (!isDouble && IsPlainInteger(written)) return terms.AddLiteral(written, DatatypeId(datatype.IsEmpty ? Integer : datatype));

        if (!Utf8Parser.TryParse(written, out double number, out _) || !double.IsFinite(number))
            throw text.Error(token, $"{Encoding.UTF8.GetString(written)} is beyond the range of xsd:double; write it as a string with a datatype");
        if (!isDouble && number == Math.Floor(number) && Math.Abs(number) < LargestInteger)
        {
            Span<byte> digits = stackalloc byte[32];
            ((Int128)number).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
            return terms.AddLiteral(digits[..length], DatatypeId(datatype.IsEmpty ? Integer : datatype));
        }

        Span<byte> form = stackalloc byte[40];
        return terms.AddLiteral(form[..CanonicalDouble(number, form)], DatatypeId(datatype.IsEmpty ? Double : datatype));
    }

    /// <summary>Digits alone, few enough to be below the limit, and not minus zero: the text is the canonical form.</summary>
    private static bool IsPlainInteger(ReadOnlySpan<byte> written) =>
        written.Length <= 21 && written.IndexOfAny(".eE"u8) < 0 && !written.SequenceEqual("-0"u8);

    /// <summary>A decimal keeps its text, so that 12.50 stays a price; an exponent, which xsd:decimal lacks, is written out.</summary>
    private ReadOnlySpan<byte> DecimalForm(int token, ReadOnlySpan<byte> written)
    {
        if (written.IndexOfAny("eE"u8) < 0) return written;
        if (decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (value != 0 || IsZero(written)))
            return Encoding.UTF8.GetBytes(value.ToString("0.############################", CultureInfo.InvariantCulture));
        throw text.Error(token, $"{Encoding.UTF8.GetString(written)} is beyond what is read as xsd:decimal from an exponent; write its digits out");
    }

    private static bool IsZero(ReadOnlySpan<byte> written) => written[..written.IndexOfAny("eE"u8)].IndexOfAnyInRange((byte)'1', (byte)'9') < 0;

    /// <summary>XSD's canonical form with the 16 digits that JSON-LD asks for: <c>2.5E0</c>.</summary>
    private static int CanonicalDouble(double number, Span<byte> form)
    {
        number.TryFormat(form, out var length, "E15", CultureInfo.InvariantCulture);
        var mark = form.IndexOf((byte)'E');
        var exponent = int.Parse(form[(mark + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var end = mark;
        while (form[end - 1] == '0' && form[end - 2] != '.') end--;
        form[end++] = (byte)'E';
        exponent.TryFormat(form[end..], out var written, default, CultureInfo.InvariantCulture);
        return end + written;
    }
}

using System.Globalization;

namespace Reasoner.Rdf.Tests;

public class LexicalFormTests
{
    [Theory]
    [InlineData("integer", "0", "0")]
    [InlineData("integer", "-0", "0")]
    [InlineData("integer", "+007", "7")]
    [InlineData("integer", "9223372036854775808", "9223372036854775808")]
    [InlineData("integer", "-123456789012345678901234567890", "-123456789012345678901234567890")]
    [InlineData("byte", "-128", "-128")]
    [InlineData("unsignedLong", "18446744073709551615", "18446744073709551615")]
    [InlineData("decimal", "1.50", "1.5")]
    [InlineData("decimal", "-.5", "-0.5")]
    [InlineData("decimal", "100.", "100")]
    [InlineData("decimal", "-0.0", "0")]
    [InlineData("boolean", "1", "true")]
    [InlineData("boolean", "false", "false")]
    [InlineData("double", "100", "1.0E2")]
    [InlineData("double", "0.00012", "1.2E-4")]
    [InlineData("double", "1e21", "1.0E21")]
    [InlineData("double", "123456789.125", "1.23456789125E8")]
    [InlineData("double", "-0", "-0.0E0")]
    [InlineData("double", "+INF", "INF")]
    [InlineData("double", "-INF", "-INF")]
    [InlineData("double", "NaN", "NaN")]
    [InlineData("double", "1e400", "INF")]
    [InlineData("float", "0.1", "1.0E-1")]
    [InlineData("float", "16777217", "1.6777216E7")]
    [InlineData("dateTime", "2011-01-10T14:45:13.815-05:00", "2011-01-10T14:45:13.815-05:00")]
    [InlineData("dateTime", "2011-01-10T24:00:00Z", "2011-01-11T00:00:00Z")]
    [InlineData("dateTime", "2011-01-10T00:00:00.500+00:00", "2011-01-10T00:00:00.5Z")]
    [InlineData("dateTime", "-0044-03-15T12:00:00", "-0044-03-15T12:00:00")]
    [InlineData("dateTime", "0000-02-29T00:00:00", "0000-02-29T00:00:00")]
    [InlineData("dateTime", "12345-12-31T23:59:59+14:00", "12345-12-31T23:59:59+14:00")]
    [InlineData("dateTimeStamp", "2011-01-10T14:45:13Z", "2011-01-10T14:45:13Z")]
    [InlineData("date", "2000-02-29", "2000-02-29")]
    [InlineData("date", "1999-12-31-13:30", "1999-12-31-13:30")]
    [InlineData("time", "24:00:00", "00:00:00")]
    [InlineData("time", "08:30:00.10Z", "08:30:00.1Z")]
    [InlineData("duration", "P1Y14M", "P2Y2M")]
    [InlineData("duration", "-P1Y2M3DT4H5M6.7S", "-P1Y2M3DT4H5M6.7S")]
    [InlineData("duration", "P0Y", "PT0S")]
    [InlineData("dayTimeDuration", "PT36H", "P1DT12H")]
    [InlineData("dayTimeDuration", "PT0.5S", "PT0.5S")]
    [InlineData("yearMonthDuration", "-P0M", "P0M")]
    [InlineData("yearMonthDuration", "P18M", "P1Y6M")]
    public void Canonical_form_of_a_lexical_form(string datatype, string form, string canonical)
    {
        var literal = new Literal(form, new Iri(Xsd.Namespace + datatype));
        var value = Value.Of(literal);
        Assert.NotEqual(ValueKind.Opaque, value.Kind);
        Assert.Equal(canonical, value.CanonicalText);
        // What was only passed on stays the term that it was.
        Assert.Same(literal, value.ToTerm());
        Assert.Equal(form, value.LexicalForm);
    }

    [Theory]
    [InlineData("integer", "")]
    [InlineData("integer", "+")]
    [InlineData("integer", " 1")]
    [InlineData("integer", "1.0")]
    [InlineData("integer", "1e3")]
    [InlineData("integer", "1,000")]
    [InlineData("integer", "\u0661")]
    [InlineData("byte", "128")]
    [InlineData("nonNegativeInteger", "-1")]
    [InlineData("positiveInteger", "0")]
    [InlineData("negativeInteger", "0")]
    [InlineData("nonPositiveInteger", "1")]
    [InlineData("decimal", ".")]
    [InlineData("decimal", "1e3")]
    [InlineData("decimal", "INF")]
    [InlineData("decimal", "1.2.3")]
    [InlineData("decimal", "79228162514264337593543950336")]
    [InlineData("boolean", "TRUE")]
    [InlineData("double", "1e")]
    [InlineData("double", "inf")]
    [InlineData("double", "-NaN")]
    [InlineData("double", "0x1")]
    [InlineData("double", "1e1.5")]
    [InlineData("float", "Infinity")]
    [InlineData("dateTime", "2011-01-10")]
    [InlineData("dateTime", "2011-01-10T14:45")]
    [InlineData("dateTime", "2011-13-10T14:45:00")]
    [InlineData("dateTime", "2011-02-29T14:45:00")]
    [InlineData("dateTime", "1900-02-29T14:45:00")]
    [InlineData("dateTime", "2011-01-10T24:00:01")]
    [InlineData("dateTime", "2011-01-10T24:00:00.001")]
    [InlineData("dateTime", "2011-01-10T14:45:60")]
    [InlineData("dateTime", "2011-01-10T14:45:13.")]
    [InlineData("dateTime", "2011-01-10T14:45:13+14:01")]
    [InlineData("dateTime", "2011-01-10T14:45:13z")]
    [InlineData("dateTime", "11-01-10T14:45:13")]
    [InlineData("dateTime", "02011-01-10T14:45:13")]
    [InlineData("dateTime", "99999999999-01-10T14:45:13")]
    [InlineData("dateTimeStamp", "2011-01-10T14:45:13")]
    [InlineData("date", "2011-01-10T00:00:00")]
    [InlineData("time", "25:00:00")]
    [InlineData("duration", "P")]
    [InlineData("duration", "P1YT")]
    [InlineData("duration", "P1M1Y")]
    [InlineData("duration", "P1.5Y")]
    [InlineData("duration", "PT1.5M")]
    [InlineData("duration", "P1S")]
    [InlineData("duration", "1Y")]
    [InlineData("duration", "P99999999999999999999Y")]
    [InlineData("dayTimeDuration", "P1Y")]
    [InlineData("dayTimeDuration", "P1M")]
    [InlineData("yearMonthDuration", "P1D")]
    [InlineData("yearMonthDuration", "P1YT1S")]
    [InlineData("gYear", "2011")]
    [InlineData("hexBinary", "00")]
    public void Literals_without_a_known_value_are_opaque(string datatype, string form)
    {
        var literal = new Literal(form, new Iri(Xsd.Namespace + datatype));
        Assert.Equal(ValueKind.Opaque, Value.Of(literal).Kind);
        Assert.Same(literal, Value.Of(literal).ToTerm());
    }

    [Fact]
    public void Overlong_integers_are_refused_with_a_reason()
    {
        var value = Value.Parse(new string('9', 100_000), ValueKind.Integer);
        Assert.True(value.IsError);
        Assert.NotNull(value.ErrorReason);
    }

    [Fact]
    public void Values_take_32_bytes() =>
        Assert.True(System.Runtime.CompilerServices.Unsafe.SizeOf<Value>() <= 32);

    [Fact]
    public void Every_printed_value_reads_back_as_itself()
    {
        var random = new Random(11);
        for (var i = 0; i < 20_000; i++)
        {
            var value = RandomValues.Next(random);
            var back = Value.Parse(value.CanonicalText, value.Kind);
            Assert.Equal(value.Kind, back.Kind);
            Assert.Equal(value.CanonicalText, back.CanonicalText);
            if (value.CanonicalText != "NaN") Assert.True(Value.AreEqual(value, back), value.CanonicalText);
        }
    }

    [Fact]
    public void Calendar_agrees_with_DateTime()
    {
        var random = new Random(12);
        for (var i = 0; i < 20_000; i++)
        {
            var expected = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks));
            Assert.True(Value.FromDateTime(new DateTimeOffset(expected, TimeSpan.Zero)).TryGetTime(out var time));
            Assert.Equal(
                (expected.Year, expected.Month, expected.Day, expected.Hour, expected.Minute),
                (time.Year, time.Month, time.Day, time.Hour, time.Minute));
            Assert.Equal(expected.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
                Value.FromTime(ValueKind.DateTime, time).CanonicalText![..19]);
        }
    }

    [Fact]
    public void Culture_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        odd.DateTimeFormat.TimeSeparator = ".";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal("-1.5", Value.FromDecimal(-1.5m).CanonicalText);
            Assert.Equal("-1.5E-3", Value.FromDouble(-0.0015).CanonicalText);
            Assert.Equal("-9223372036854775808", Value.FromInteger(long.MinValue).CanonicalText);
            Assert.Equal("-2.5", Value.Parse("-2.50", ValueKind.Decimal).CanonicalText);
            Assert.Equal("-7", Value.Parse("-07", ValueKind.Integer).CanonicalText);
            Assert.Equal("-P1DT2.5S", Value.Parse("-P1DT2.5S", ValueKind.DayTimeDuration).CanonicalText);
            Assert.Equal("2011-01-10T14:45:13-05:00", Value.Parse("2011-01-10T14:45:13-05:00", ValueKind.DateTime).CanonicalText);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

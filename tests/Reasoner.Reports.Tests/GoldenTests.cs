using System.Globalization;
using System.Text;

namespace Reasoner.Reports.Tests;

public class GoldenTests
{
    public static TheoryData<string> Names => Cases.Names;

    [Theory, MemberData(nameof(Names))]
    public void Html_is_as_approved(string name) => Verify(name, ReportFormat.Html);

    [Theory, MemberData(nameof(Names))]
    public void Markdown_is_as_approved(string name) => Verify(name, ReportFormat.Markdown);

    [Theory, MemberData(nameof(Names))]
    public void The_same_record_gives_the_same_bytes_in_every_culture(string name)
    {
        var record = Cases.Record(name);
        var culture = CultureInfo.CurrentCulture;
        foreach (var format in ReportFormat.All)
        {
            var expected = Cases.Write(record, format);
            try
            {
                CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "−" } };
                using var stream = new MemoryStream();
                ExplanationReport.Write(Cases.Record(name), format, stream);
                Assert.Equal(Encoding.UTF8.GetBytes(expected), stream.ToArray());
            }
            finally
            {
                CultureInfo.CurrentCulture = culture;
            }
        }
    }

    private static void Verify(string name, ReportFormat format)
    {
        var file = Path.Combine(Cases.Folder, name + format.FileExtensions[0]);
        var actual = Cases.Write(Cases.Record(name), format);
        if (Environment.GetEnvironmentVariable("REASONER_APPROVE") == "1") File.WriteAllText(file, actual);
        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        Assert.Equal(approved.ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}

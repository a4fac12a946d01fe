using System.Runtime.CompilerServices;
using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Reports.Tests;

/// <summary>The records in cases/, and what is expected beside them.</summary>
internal static class Cases
{
    public static string Folder => Path.Combine(Path.GetDirectoryName(ThisFile())!, "cases");

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    public static DecisionRecord Record(string name) =>
        JsonSerializer.Deserialize<DecisionRecord>(File.ReadAllText(Path.Combine(Folder, name + ".json")), DecisionJson.Indented.Options)!;

    public static string Write(DecisionRecord record, ReportFormat format)
    {
        var text = new StringWriter();
        ExplanationReport.Write(record, format, text);
        return text.ToString();
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}

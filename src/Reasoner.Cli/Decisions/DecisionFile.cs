using System.Text.Json;
using Reasoner.Decisions;

namespace Reasoner.Cli;

/// <summary>Decision records in files: one as JSON, or many as NDJSON.</summary>
internal static class DecisionFile
{
    /// <summary>Reads the record of a file with one.</summary>
    public static DecisionRecord Read(string path, CommandConsole console)
    {
        using var stream = path == "-" ? console.Input : InputFile.Open(path);
        return JsonInput.Read(path, () => JsonSerializer.Deserialize(stream, DecisionJson.Indented.DecisionRecord), "decision record");
    }

    /// <summary>Reads the records of an NDJSON file one by one; null for a line that says why its case was not decided.</summary>
    public static IEnumerable<(int Line, DecisionRecord? Record)> ReadLines(string path)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0) continue;
            yield return (line, IsProblem(text) ? null : JsonInput.Read($"{path} line {line}", () => JsonSerializer.Deserialize(text, DecisionJson.OneLine.DecisionRecord), "decision record"));
        }
    }

    private static bool IsProblem(string line) => line.StartsWith("{\"line\":", StringComparison.Ordinal);
}

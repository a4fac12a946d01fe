using System.Globalization;

namespace Reasoner.Benchmarks;

/// <summary>Where results go: standard output, and a Markdown file that is committed.</summary>
internal static class Results
{
    /// <summary>Writes a table with what is needed to read and repeat it.</summary>
    public static void Write(string name, string command, IReadOnlyList<string> table)
    {
        string[] lines = [$"# Benchmark: {name}", "", Machine.Describe(), "", $"    {command.TrimEnd()}", "", .. table, ""];
        var text = string.Join('\n', lines);
        Console.Out.WriteLine(text);
        File.WriteAllText(Path.Combine(Repository.Root, "tests", "Reasoner.Benchmarks", "results", name + ".md"), text);
    }

    /// <summary>A number with few digits, as tables show it.</summary>
    public static string Short(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}

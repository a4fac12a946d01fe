using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Reasoner.Benchmarks;

/// <summary>Writes generated rosters: past ones as a table to train with, or one instance as a case.</summary>
internal static class RosterFiles
{
    public const string Usage = "rosters --past FILE [--nurses N] [--periods N] [--seed N], or rosters --case FILE [--nurses N] [--seed N]";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Does what the arguments after <c>rosters</c> say.</summary>
    /// <exception cref="FormatException">They are not understood.</exception>
    public static void Write(IReadOnlyList<string> arguments)
    {
        if (arguments.Count % 2 != 0) throw new FormatException($"Say {Usage}.");
        string? past = null, single = null;
        var (nurses, periods, seed) = (12, 30, 20260801);
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--past": past = value; break;
                case "--case": single = value; break;
                case "--nurses": nurses = Number(value); break;
                case "--periods": periods = Number(value); break;
                case "--seed": seed = Number(value); break;
                default: throw new FormatException($"{arguments[i]} is no option: {Usage}.");
            }
        }

        if (past is null == single is null) throw new FormatException($"Say {Usage}.");
        if (past is not null)
        {
            using var writer = new StreamWriter(past, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            PastRosters.Write(writer, nurses, periods, seed);
            return;
        }

        var instance = RosterGenerator.Instance(nurses, 14, seed);
        File.WriteAllText(single!, RosterCase.Of(instance, "urn:case:generated").ToJsonString(_indented) + "\n");
    }

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);
}

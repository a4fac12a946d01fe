using System.CommandLine;

namespace Reasoner.Cli;

/// <summary>The option that chooses how results are written.</summary>
internal static class Formats
{
    /// <summary><c>--format</c> with the given choices, the first being the default.</summary>
    public static Option<string> Option(params string[] choices)
    {
        var option = new Option<string>("--format")
        {
            Description = "How results are written",
            DefaultValueFactory = _ => choices[0],
            HelpName = string.Join('|', choices),
        };
        option.AcceptOnlyFromAmong(choices);
        return option;
    }
}

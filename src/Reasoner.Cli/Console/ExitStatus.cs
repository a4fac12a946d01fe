namespace Reasoner.Cli;

/// <summary>What the process tells whoever started it.</summary>
internal static class ExitStatus
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The answer is "no": a test failed, data is invalid, a proof is refused, a file has errors.</summary>
    public const int No = 1;

    /// <summary>Wrong usage or unreadable input.</summary>
    public const int Unusable = 2;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Cancelled = 130;
}

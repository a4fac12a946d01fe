using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Reasoner.Benchmarks;

/// <summary>What a whole process took.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="UserSeconds">Processor time in user mode; 0 where the system does not tell.</param>
/// <param name="PeakMebibytes">The most memory that it held; 0 where the system does not tell.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record ProcessRun(double Seconds, double UserSeconds, double PeakMebibytes, ProcessOutcome Outcome)
{
    private const int Children = -1;
    private const string Time = "/usr/bin/time";

    /// <summary>Runs a program. Its standard output goes to one file, its standard error to the same name with <c>.err</c>.</summary>
    public static ProcessRun Of(string program, IEnumerable<string> arguments, TimeSpan limit, string output, string? folder = null)
    {
        // GNU time stands between because a process's peak memory starts from that of the process that made it.
        var peak = output + ".peak";
        string[] measured = File.Exists(Time) ? [Time, "-q", "-f", "%M", "-o", peak, program] : [program];
        var before = UserTimeOfChildren();
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", "output=$1; shift; exec \"$@\" >\"$output\" 2>\"$output.err\"", "sh", output, .. measured, .. arguments])
        { WorkingDirectory = folder ?? "" })!;
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new ProcessRun(limit.TotalSeconds, 0, 0, ProcessOutcome.Stopped);
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        // clingo ends with 10, 20 or 30 where it found answers, or that there are none.
        var outcome = process.ExitCode is 0 or 10 or 20 or 30 ? ProcessOutcome.Done : ProcessOutcome.Failed;
        return new ProcessRun(seconds, UserTimeOfChildren() - before, PeakOf(peak), outcome);
    }

    /// <summary>The median of each figure over runs that ended alike.</summary>
    public static ProcessRun Median(IReadOnlyList<ProcessRun> runs) => new(
        Statistics.Median(runs.Select(run => run.Seconds)),
        Statistics.Median(runs.Select(run => run.UserSeconds)),
        Statistics.Median(runs.Select(run => run.PeakMebibytes)),
        runs[^1].Outcome);

    /// <summary>Whether a program is on the path.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static double PeakOf(string file) =>
        File.Exists(file) && double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var kibibytes) ? kibibytes / 1024 : 0;

    private static double UserTimeOfChildren()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var usage = new long[18];
        return GetUsage(Children, usage) == 0 ? usage[0] + (usage[1] / 1e6) : 0;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, [Out] long[] usage);
}

/// <summary>How a process ended.</summary>
internal enum ProcessOutcome
{
    /// <summary>By itself, with what was asked for.</summary>
    Done,

    /// <summary>By itself, with an error.</summary>
    Failed,

    /// <summary>At the limit.</summary>
    Stopped,
}

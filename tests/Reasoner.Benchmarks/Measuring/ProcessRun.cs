using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Reasoner.Benchmarks;

/// <summary>What a whole process took.</summary>
/// <param name="Seconds">Wall-clock time.</param>
/// <param name="UserSeconds">Processor time in user mode; 0 where the system does not tell.</param>
internal sealed record ProcessRun(double Seconds, double UserSeconds)
{
    private const int Children = -1;

    /// <summary>Runs a program; null where it fails or takes over the limit. Its output goes nowhere.</summary>
    public static ProcessRun? Of(string program, string[] arguments, TimeSpan limit)
    {
        var before = UserTimeOfChildren();
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]))!;
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return null;
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        // clingo ends with 10, 20 or 30 where it found answers, or that there are none.
        return process.ExitCode is 0 or 10 or 20 or 30 ? new ProcessRun(seconds, UserTimeOfChildren() - before) : null;
    }

    private static double UserTimeOfChildren()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var usage = new long[18];
        return GetUsage(Children, usage) == 0 ? usage[0] + (usage[1] / 1e6) : 0;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    private static extern int GetUsage(int who, [Out] long[] usage);
}

using System.Runtime.ExceptionServices;

namespace Reasoner.Experts;

/// <summary>Runs the independent parts of a training on all processors; what each computes does not depend on the others.</summary>
internal static class SideBySide
{
    /// <summary>Runs every part; the first failure, by number, is thrown as it is.</summary>
    public static void Run(int parts, Action<int> part, CancellationToken cancellation)
    {
        var failures = new ExceptionDispatchInfo?[parts];
        var hasFailed = 0;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, number =>
        {
            if (Volatile.Read(ref hasFailed) != 0) return;
            try
            {
                cancellation.ThrowIfCancellationRequested();
                part(number);
            }
#pragma warning disable CA1031 // Carried to the caller's thread, where it is thrown again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                failures[number] = ExceptionDispatchInfo.Capture(failure);
                Volatile.Write(ref hasFailed, 1);
            }
        });
        Array.Find(failures, failure => failure is not null)?.Throw();
    }
}

using Reasoner.Storage;

namespace Reasoner.Cli;

/// <summary>Work with a store, whose problems are the user's to solve.</summary>
internal static class StoreWork
{
    /// <summary>Does the work to its end.</summary>
    /// <exception cref="UsageException">The store cannot be used; the message says why and what to do.</exception>
    public static T Do<T>(Func<Task<T>> work)
    {
        try
        {
            return work().GetAwaiter().GetResult();
        }
        catch (StorageException problem)
        {
            throw new UsageException(problem.Message);
        }
    }

    /// <summary>Reads the log at an address.</summary>
    /// <exception cref="UsageException">It cannot be read; the message says why and what to do.</exception>
    public static T Read<T>(Func<StoreAddress> address, Func<DecisionLog, Task<T>> read) => Do(async () =>
    {
        await using var log = address().OpenLog(new StorageOptions { ReadOnly = true });
        return await read(log);
    });
}

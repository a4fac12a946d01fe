namespace Reasoner.Storage;

/// <summary>A store cannot be used. The message says why and what to do, and holds no secret and nothing of a case.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Makes one.</summary>
    public StorageException(StorageProblem problem, string message, Exception? cause = null)
        : base(message, cause) => Problem = problem;

    /// <summary>What is wrong.</summary>
    public StorageProblem Problem { get; }

    /// <summary>Whether the store may be usable later without a change to what the operator set up.</summary>
    public bool MayPass => Problem is StorageProblem.Unreachable or StorageProblem.Busy or StorageProblem.Full;
}

/// <summary>What is wrong with a store.</summary>
public enum StorageProblem
{
    /// <summary>The address of the store is not understood, or there is nothing at it.</summary>
    Address,

    /// <summary>The database does not answer, or refuses the user.</summary>
    Unreachable,

    /// <summary>Somebody else holds the database, or more decisions wait than may.</summary>
    Busy,

    /// <summary>There is no room left.</summary>
    Full,

    /// <summary>It can be read but not written.</summary>
    ReadOnly,

    /// <summary>A newer program has made its tables.</summary>
    NewerSchema,

    /// <summary>It is damaged, or no store.</summary>
    Corrupt,

    /// <summary>The database refuses the request for another reason.</summary>
    Refused,
}

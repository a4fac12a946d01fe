namespace Reasoner.Knowledge;

/// <summary>
/// What is made of terms on demand, by their index, in pages: terms that nobody asks for cost nothing. Threads may share it
/// where the terms no longer change: what two of them make at once is the same, and one of both stays.
/// </summary>
internal sealed class TermCache<T>
    where T : class
{
    private const int PageSize = 64;

    private readonly Lock _growing = new();
    private T?[]?[] _pages = [];

    /// <summary>What was made for an index, or null.</summary>
    public T? Get(int index)
    {
        var pages = Volatile.Read(ref _pages);
        return index / PageSize < pages.Length && pages[index / PageSize] is { } page ? Volatile.Read(ref page[index % PageSize]) : null;
    }

    /// <summary>Keeps what was made for an index.</summary>
    public T Set(int index, T made)
    {
        Volatile.Write(ref PageOf(index / PageSize)[index % PageSize], made);
        return made;
    }

    private T?[] PageOf(int number)
    {
        var pages = Volatile.Read(ref _pages);
        if (number < pages.Length && Volatile.Read(ref pages[number]) is { } page) return page;
        lock (_growing)
        {
            if (number >= _pages.Length)
            {
                var grown = new T?[]?[Math.Max(number + 1, _pages.Length * 2)];
                _pages.CopyTo(grown, 0);
                Volatile.Write(ref _pages, grown);
            }

            return _pages[number] ??= new T?[PageSize];
        }
    }
}

namespace Reasoner.Experts;

/// <summary>
/// Where the gate and the experts read the columns of a row from: most as they are, those of a category through a small
/// table that is learned, one vector a category, so that categories which act alike can share what is learned of them.
/// The tables serve training alone: what follows them is linear, so <see cref="MixtureNetwork.Folded"/> multiplies them
/// into the weights, and the model that is kept reads the row's own columns.
/// </summary>
internal sealed class EmbeddingLayout
{
    private EmbeddingLayout(IReadOnlyList<EmbeddedBlock> blocks)
    {
        Blocks = blocks;
        Width = blocks.Sum(block => block.Width);
        Parameters = blocks.Where(block => block.IsTable).Sum(block => block.Inputs * block.Width);
    }

    /// <summary>The blocks of columns, in their order.</summary>
    public IReadOnlyList<EmbeddedBlock> Blocks { get; }

    /// <summary>The numbers that a row becomes.</summary>
    public int Width { get; }

    /// <summary>The numbers of all tables.</summary>
    public int Parameters { get; }

    /// <summary>
    /// Gives each category of more columns than <paramref name="dimensions"/> a table of so many dimensions; null where
    /// none has as many, or where <paramref name="dimensions"/> is 0.
    /// </summary>
    public static EmbeddingLayout? Of(FeatureEncoder encoder, int dimensions)
    {
        if (dimensions == 0) return null;
        var blocks = new List<EmbeddedBlock>();
        int input = 0, start = 0, offset = 0;
        foreach (var encoding in encoder.Encodings)
        {
            if (encoding is null) continue;
            var isTable = encoding is OneHotCategory && encoding.Width > dimensions;
            var block = new EmbeddedBlock(input, encoding.Width, start, isTable ? dimensions : encoding.Width, isTable ? offset : -1);
            blocks.Add(block);
            input += block.Inputs;
            start += block.Width;
            if (isTable) offset += block.Inputs * block.Width;
        }

        return offset == 0 ? null : new(blocks);
    }
}

/// <summary>Some columns of a row and what becomes of them.</summary>
/// <param name="Input">The first column of the row.</param>
/// <param name="Inputs">How many columns.</param>
/// <param name="Start">The first embedded number.</param>
/// <param name="Width">How many embedded numbers.</param>
/// <param name="Table">Where the table, [inputs, width], begins among the tables' numbers; -1 where the columns are copied.</param>
internal readonly record struct EmbeddedBlock(int Input, int Inputs, int Start, int Width, int Table)
{
    public bool IsTable => Table >= 0;
}

namespace Reasoner.Experts;

/// <summary>Draws the weights that training starts from.</summary>
internal static class StartingWeights
{
    /// <summary>
    /// Scales each layer by how large its inputs really are, since one-hot rows are mostly zero. The shared linear part
    /// starts at zero and the experts' opinions near it, so that the common trend is learned first. Columns that are zero
    /// in every training row keep zero weights for good: a value never seen in training then has no effect, instead of a
    /// random one.
    /// </summary>
    public static double[] Draw(MixtureShape shape, TrainingSet set, SeededRandom random)
    {
        var energy = MeanSquaredLength(set);
        var weights = new double[shape.Parameters];
        Fill(shape.GateWeights, 0.5 / Math.Sqrt(energy));
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            Fill(shape.HiddenWeights(expert), Math.Sqrt(2 / energy));
            Fill(shape.OutputWeights(expert), 0.1 / Math.Sqrt(shape.Hidden));
        }

        DrawTables();
        for (var column = 0; column < shape.Inputs; column++)
            if (IsAllZero(set, column)) Silence(column);
        return weights;

        void Fill(Range block, double deviation)
        {
            foreach (ref var weight in weights.AsSpan(block)) weight = deviation * random.NextNormal();
        }

        // Vectors of about unit length: what a one-hot column would have given.
        void DrawTables()
        {
            foreach (var block in shape.Embedding?.Blocks ?? [])
            {
                if (!block.IsTable) continue;
                foreach (ref var weight in weights.AsSpan(shape.Tables).Slice(block.Table, block.Inputs * block.Width))
                    weight = random.NextNormal() / Math.Sqrt(block.Width);
            }
        }

        void Silence(int column)
        {
            var (embedded, table) = Place(shape, column);
            if (table is { } row)
            {
                weights.AsSpan(shape.Tables)[row].Clear();
                return;
            }

            SilenceColumn(shape.GateWeights, embedded);
            for (var expert = 0; expert < shape.Experts; expert++) SilenceColumn(shape.HiddenWeights(expert), embedded);
        }

        void SilenceColumn(Range block, int column)
        {
            for (var i = block.Start.Value + column; i < block.End.Value; i += shape.Embedded) weights[i] = 0;
        }
    }

    /// <summary>Where gate and experts read a column of the row: their own column, or a row among the tables' numbers.</summary>
    private static (int Embedded, Range? Table) Place(MixtureShape shape, int column)
    {
        if (shape.Embedding is not { } embedding) return (column, null);
        var block = embedding.Blocks.First(block => column < block.Input + block.Inputs);
        var place = column - block.Input;
        if (!block.IsTable) return (block.Start + place, null);
        var start = block.Table + place * block.Width;
        return (-1, start..(start + block.Width));
    }

    private static double MeanSquaredLength(TrainingSet set)
    {
        double sum = 0;
        for (var row = 0; row < set.Count; row++)
            foreach (var input in set.Input(row)) sum += input * input;
        return Math.Max(1, sum / set.Count);
    }

    private static bool IsAllZero(TrainingSet set, int column)
    {
        for (var row = 0; row < set.Count; row++)
            if (set.Input(row)[column] != 0) return false;
        return true;
    }
}

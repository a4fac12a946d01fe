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
    public static double[] Draw(MixtureShape shape, TrainingSet set, Random random)
    {
        var energy = MeanSquaredLength(set);
        var weights = new double[shape.Parameters];
        Fill(shape.GateWeights, 0.5 / Math.Sqrt(energy));
        for (var expert = 0; expert < shape.Experts; expert++)
        {
            Fill(shape.HiddenWeights(expert), Math.Sqrt(2 / energy));
            Fill(shape.OutputWeights(expert), 0.1 / Math.Sqrt(shape.Hidden));
        }

        for (var column = 0; column < shape.Inputs; column++)
        {
            if (!IsAllZero(set, column)) continue;
            Silence(shape.GateWeights, column);
            for (var expert = 0; expert < shape.Experts; expert++) Silence(shape.HiddenWeights(expert), column);
        }

        return weights;

        void Fill(Range block, double deviation)
        {
            foreach (ref var weight in weights.AsSpan(block)) weight = deviation * Normal(random);
        }

        void Silence(Range block, int column)
        {
            for (var i = block.Start.Value + column; i < block.End.Value; i += shape.Inputs) weights[i] = 0;
        }
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

    /// <summary>A draw from the standard normal distribution (Box and Muller 1958).</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

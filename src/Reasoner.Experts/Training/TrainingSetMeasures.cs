namespace Reasoner.Experts;

/// <summary>What a network makes of whole sets of rows.</summary>
internal static class TrainingSetMeasures
{
    /// <summary>The logits of every row.</summary>
    public static double[][] Logits(this MixtureNetwork network, TrainingSet set, int topK)
    {
        var logits = new double[set.Count][];
        network.ForEach(set, topK, (row, pass) => logits[row] = [.. pass.Logits]);
        return logits;
    }

    /// <summary>The mean log loss in nats.</summary>
    public static double LogLoss(this MixtureNetwork network, TrainingSet set, int topK)
    {
        double sum = 0;
        network.ForEach(set, topK, (row, pass) => sum += MixturePass.LogSumExp(pass.Logits) - pass.Logits[set.Classes[row]]);
        return sum / set.Count;
    }

    /// <summary>The share of assignments that each expert gets.</summary>
    public static double[] ExpertLoad(this MixtureNetwork network, TrainingSet set, int topK)
    {
        var load = new double[network.Shape.Experts];
        network.ForEach(set, topK, (_, pass) =>
        {
            foreach (var expert in pass.Chosen) load[expert]++;
        });
        foreach (ref var share in load.AsSpan()) share /= set.Count * topK;
        return load;
    }

    private static void ForEach(this MixtureNetwork network, TrainingSet set, int topK, Action<int, MixturePass> then)
    {
        var pass = new MixturePass(network.Shape);
        for (var row = 0; row < set.Count; row++)
        {
            network.Forward(set.Input(row), topK, pass);
            then(row, pass);
        }
    }
}

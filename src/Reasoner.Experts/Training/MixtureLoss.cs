using System.Numerics.Tensors;

namespace Reasoner.Experts;

/// <summary>
/// The loss of a batch and its gradient: cross-entropy with what each row teaches, weighted by class, and two penalties
/// on the gate. The balance penalty is experts x sum over experts of (share of assignments x mean gate probability),
/// which is least when both are even; the z penalty is the mean squared log-sum-exp of the gate's logits.
/// </summary>
internal sealed class MixtureLoss(MixtureNetwork network, double[] classWeights, double balance, double gateZ, double dropout)
{
    private readonly double[] _byLogits = new double[network.Shape.Outputs];
    private readonly double[] _byGate = new double[network.Shape.Experts];
    private readonly double[] _share = new double[network.Shape.Experts];
    private MixturePass[] _passes = [];
    private double[] _gateProbabilities = [];

    /// <summary>Adds the gradient of a batch's mean loss to <paramref name="gradient"/>.</summary>
    /// <returns>The batch's mean loss with its penalties.</returns>
    public double Accumulate(TrainingSet set, ReadOnlySpan<int> batch, int topK, Random random, Span<double> gradient)
    {
        Reserve(batch.Length);
        var experts = network.Shape.Experts;
        Array.Clear(_share);
        for (var i = 0; i < batch.Length; i++)
        {
            network.Forward(set.Input(batch[i]), topK, _passes[i], dropout, random);
            MixturePass.SoftMax(_passes[i].GateLogits, GateProbabilities(i));
            foreach (var expert in _passes[i].Chosen) _share[expert] += 1.0 / (batch.Length * topK);
        }

        double loss = 0;
        for (var i = 0; i < batch.Length; i++)
        {
            var pass = _passes[i];
            var target = set.Target(batch[i]);
            var weight = classWeights[set.Classes[batch[i]]] / batch.Length;
            // What a row teaches sums to 1, so this is the cross-entropy for hard and for soft labels.
            loss += weight * (MixturePass.LogSumExp(pass.Logits) - TensorPrimitives.Dot(target, pass.Logits));
            MixturePass.SoftMax(pass.Logits, _byLogits);
            for (var c = 0; c < _byLogits.Length; c++) _byLogits[c] = weight * (_byLogits[c] - target[c]);

            var probabilities = GateProbabilities(i);
            double crowding = 0;
            for (var expert = 0; expert < experts; expert++) crowding += _share[expert] * probabilities[expert];
            var logSumExp = MixturePass.LogSumExp(pass.GateLogits);
            loss += (balance * experts * crowding + gateZ * logSumExp * logSumExp) / batch.Length;
            for (var expert = 0; expert < experts; expert++)
            {
                _byGate[expert] = probabilities[expert] / batch.Length
                    * (balance * experts * (_share[expert] - crowding) + 2 * gateZ * logSumExp);
            }

            network.Backward(set.Input(batch[i]), pass, _byLogits, _byGate, gradient);
        }

        return loss;
    }

    private Span<double> GateProbabilities(int row) =>
        _gateProbabilities.AsSpan(row * network.Shape.Experts, network.Shape.Experts);

    private void Reserve(int rows)
    {
        if (_passes.Length >= rows) return;
        _passes = [.. Enumerable.Range(0, rows).Select(_ => new MixturePass(network.Shape))];
        _gateProbabilities = new double[rows * network.Shape.Experts];
    }
}

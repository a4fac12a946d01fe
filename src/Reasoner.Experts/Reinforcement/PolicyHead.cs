namespace Reasoner.Experts;

/// <summary>
/// The part of a mixture that holds its policy: logits of their own, after those of the classes, on the same gate and the
/// same experts. The classes' logits, and so the calibrated probabilities, do not change by it.
/// </summary>
internal static class PolicyHead
{
    /// <summary>
    /// The mixture's network with a policy that begins as the calibrated probabilities. An answer that is no class begins
    /// with about the probability <paramref name="untaughtPrior"/> everywhere.
    /// </summary>
    public static MixtureNetwork Attach(
        TrainedMixture mixture, IReadOnlyList<string> answers, double untaughtPrior, double meanLogSumExp)
    {
        var (old, shape) = (mixture.Network.Shape, mixture.Network.Shape with { Outputs = mixture.Classes.Count + answers.Count });
        var numbers = new double[shape.Parameters];
        var classOf = mixture.ClassesOf(answers);
        Copy(old.GateWeights, shape.GateWeights);
        Copy(old.GateBias, shape.GateBias);
        Extend(old.SharedWeights, shape.SharedWeights, old.Inputs);
        Extend(old.SharedBias, shape.SharedBias, 1);
        for (var expert = 0; expert < old.Experts; expert++)
        {
            Copy(old.HiddenWeights(expert), shape.HiddenWeights(expert));
            Copy(old.HiddenBias(expert), shape.HiddenBias(expert));
            Extend(old.OutputWeights(expert), shape.OutputWeights(expert), old.Hidden);
            Extend(old.OutputBias(expert), shape.OutputBias(expert), 1);
        }

        for (var answer = 0; answer < answers.Count; answer++)
        {
            if (classOf[answer] < 0)
                numbers[shape.SharedBias.Start.Value + mixture.Classes.Count + answer] = meanLogSumExp + Math.Log(untaughtPrior / (1 - untaughtPrior));
        }

        return new(shape, numbers);

        void Copy(Range from, Range to) => mixture.Network.Parameters.AsSpan(from).CopyTo(numbers.AsSpan(to));

        void Extend(Range from, Range to, int width)
        {
            var rows = mixture.Network.Parameters.AsSpan(from);
            var target = numbers.AsSpan(to);
            rows[..(mixture.Classes.Count * width)].CopyTo(target);
            for (var answer = 0; answer < answers.Count; answer++)
            {
                if (classOf[answer] >= 0)
                    rows.Slice(classOf[answer] * width, width).CopyTo(target[((mixture.Classes.Count + answer) * width)..]);
            }
        }
    }

    /// <summary>Where the policy's parameters lie.</summary>
    public static Range[] Parameters(MixtureShape shape, int classes)
    {
        return [
            Rows(shape.SharedWeights, shape.Inputs), Rows(shape.SharedBias, 1),
            .. Enumerable.Range(0, shape.Experts).SelectMany(expert => (Range[])[Rows(shape.OutputWeights(expert), shape.Hidden), Rows(shape.OutputBias(expert), 1)]),
        ];

        Range Rows(Range block, int width) => (block.Start.Value + classes * width)..block.End;
    }
}

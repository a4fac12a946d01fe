using System.Runtime.InteropServices;
using Google.Protobuf;
using Reasoner.Experts.Onnx.Format;

namespace Reasoner.Experts.Onnx;

/// <summary>Reads the weights of a mixture back from a file that <see cref="MixtureExporter"/> wrote, in either form, to the bit.</summary>
internal static class MixtureReader
{
    /// <exception cref="ModelException">The file does not hold the weights that its card describes.</exception>
    public static TrainedMixture Read(byte[] model, ModelCard card, string file)
    {
        ModelGuard.Check(model, file);
        var tensors = Tensors(model, file);
        var encoder = card.Features.ToEncoder();
        var policy = card.Policy?.ToPolicy();
        var shape = new MixtureShape(
            encoder.Width, card.Architecture.Hidden, card.Experts.Count, card.Classes.Count + (policy?.Answers.Count ?? 0));
        // A card can name any size; what the file holds bounds what is made of it.
        if (shape.Hidden < 1 || (double)shape.Experts * shape.Hidden * shape.Inputs > model.Length || shape.Size > model.Length / sizeof(float))
            throw new ModelException($"{file} does not fit its card: it cannot hold the {shape.Size} parameters of {shape.Hidden} hidden units.", ModelFolder.DamageAdvice);
        var parameters = new double[shape.Parameters];
        Take("gate_weights", shape.GateWeights);
        Take("gate_bias", shape.GateBias);
        Take("shared_weights", shape.SharedWeights);
        Take("shared_bias", shape.SharedBias);
        if (MixtureExporter.FormOf(model) == ExpertForm.Operator)
        {
            TakeByOutput("hidden_weights", shape.HiddenWeights, shape.Inputs, shape.Hidden, shape.Hidden);
            TakeByOutput("hidden_bias", shape.HiddenBias, 1, shape.Hidden, shape.Hidden);
            // The operator gives as many numbers as it takes: the last of them are empty.
            TakeByOutput("opinions_weights", shape.OutputWeights, shape.Hidden, shape.Outputs, shape.Inputs);
            TakeByOutput("opinions_bias", shape.OutputBias, 1, shape.Outputs, shape.Inputs);
        }
        else if (tensors.ContainsKey("opinions_bias"))
        {
            // As gathering was written before the second bias became the last row of the second matrix.
            TakeByInput("hidden_weights", shape.HiddenWeights, shape.Inputs, shape.Hidden, 0, shape.Inputs);
            TakeByInput("hidden_bias", shape.HiddenBias, 1, shape.Hidden, 0, 1);
            TakeByInput("opinions_weights", shape.OutputWeights, shape.Hidden, shape.Outputs, 0, shape.Hidden);
            TakeByInput("opinions_bias", shape.OutputBias, 1, shape.Outputs, 0, 1);
        }
        else
        {
            var units = shape.Hidden + 1;
            TakeByOutput("hidden_weights", shape.HiddenWeights, shape.Inputs, shape.Hidden, units);
            TakeByOutput("hidden_bias", shape.HiddenBias, 1, shape.Hidden, units);
            TakeByInput("opinions_weights", shape.OutputWeights, shape.Hidden, shape.Outputs, 0, units);
            TakeByInput("opinions_weights", shape.OutputBias, 1, shape.Outputs, shape.Hidden, units);
        }

        return new(
            new(shape, parameters), encoder, card.Classes, card.Training.Options, card.Training.Temperature, card.Training.HeldOutRows, card.Data.Rows,
            [.. card.Experts.Select(expert => expert.Load)])
        {
            Experts = [.. card.Experts.Select(expert => new TrainedExpert(expert.Name, expert.Segment))],
            Policy = policy,
        };

        void Take(string name, Range block) => Copy(Floats(name, parameters.AsSpan(block).Length), parameters.AsSpan(block));

        // Of each expert's [stored, width] the first [height, width].
        void TakeByOutput(string name, Func<int, Range> block, int width, int height, int stored)
        {
            var all = Floats(name, shape.Experts * stored * width);
            for (var expert = 0; expert < shape.Experts; expert++)
                Copy(all.Slice(expert * stored * width, height * width), parameters.AsSpan(block(expert)));
        }

        // Of each expert's [stored, height] the rows [width, height] from the first, turned.
        void TakeByInput(string name, Func<int, Range> block, int width, int height, int first, int stored)
        {
            var all = Floats(name, shape.Experts * stored * height);
            for (var expert = 0; expert < shape.Experts; expert++)
            {
                var source = all.Slice((expert * stored + first) * height, width * height);
                var target = parameters.AsSpan(block(expert));
                for (var row = 0; row < height; row++)
                    for (var column = 0; column < width; column++) target[row * width + column] = source[column * height + row];
            }
        }

        ReadOnlySpan<float> Floats(string name, int length)
        {
            var floats = tensors.TryGetValue(name, out var tensor) ? MemoryMarshal.Cast<byte, float>(tensor.RawData.Span) : [];
            return floats.Length == length
                ? floats
                : throw new ModelException($"{file} does not fit its card: it has {floats.Length} numbers in \"{name}\", and should have {length}.", ModelFolder.DamageAdvice);
        }

        static void Copy(ReadOnlySpan<float> floats, Span<double> target)
        {
            for (var i = 0; i < target.Length; i++) target[i] = floats[i];
        }
    }

    private static Dictionary<string, TensorProto> Tensors(byte[] model, string file)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(model).Graph?.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal) ?? [];
        }
        catch (Exception broken) when (broken is InvalidProtocolBufferException or ArgumentException)
        {
            throw new ModelException($"{file} is not a model that was written here: {broken.Message}", ModelFolder.DamageAdvice, broken);
        }
    }
}

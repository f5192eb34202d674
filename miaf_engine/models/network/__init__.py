"""MIAF-Net, one module a part of the paper; `miafnet` puts them together.

| part of the paper | module |
| --- | --- |
| SFE, shallow feature extraction | `spectral` |
| CGC, graph branch; its encoder and decoder Q | `graph_branch`, `assignment` |
| CDSC, convolution branch | `convolution_branch` |
| DBIA, dual-branch interactive attention | `interactive_attention` |
| IAECG, both branches of a scale with DBIA | `miafnet.ScaleModule` |
| HAEF, hierarchical attention fusion of the scales | `hierarchical_fusion` |

The project has the paper's abstract and overview figure; DESIGN.md states how the gaps
were filled. Inside the network a scene is a matrix of its valid pixels, (V, D): nodata
pixels are simply not there, 1 x 1 convolutions are matrix products, and every attention
is computed per pixel or per superpixel, so nothing depends on how a scene is tiled.

The modules are plain `torch.nn`. `cpu` holds their fast forms for processors, and
`placement` chooses the form by the device.
"""

"""MIAF-Net, one module a file; `miafnet` puts them together.

Inside the network a scene is a matrix of its valid pixels, (V, D): nodata pixels are
simply not there, 1 x 1 convolutions are matrix products, and every attention is
computed per pixel or per superpixel, so nothing depends on how a scene is tiled.
"""

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>MIAF-Net</name>
    <message>
        <source>This is a graphical model. To see or change its steps, right-click it in the toolbox and open a copy in the model designer.</source>
        <translation>Ceci est un modèle graphique. Pour voir ou modifier ses étapes, faites un clic droit dessus dans la boîte à outils et ouvrez une copie dans le modeleur.</translation>
    </message>
    <message>
        <source>Classify and vectorise</source>
        <translation>Classer et vectoriser</translation>
    </message>
    <message>
        <source>From training areas to polygons with class names, one per class</source>
        <translation>Des zones d'entraînement aux polygones avec noms de classes, un par classe</translation>
    </message>
    <message>
        <source>Classifies a cube from training areas and removes patches smaller than a number of pixels. The map is then converted to polygons, those of one class are merged, and they get the class names and colours.</source>
        <translation>Classe un cube à partir de zones d'entraînement et supprime les taches plus petites qu'un nombre de pixels. La carte est ensuite convertie en polygones. Ceux d'une même classe sont fusionnés et reçoivent les noms et couleurs des classes.</translation>
    </message>
    <message>
        <source>Train once, classify many</source>
        <translation>Entraîner une fois, classer beaucoup</translation>
    </message>
    <message>
        <source>Train on one cube and classify a list of cubes with the model</source>
        <translation>Entraîner sur un cube et classer une liste de cubes avec le modèle</translation>
    </message>
    <message>
        <source>Trains a model on the areas of one cube and classifies other cubes of the same sensor with it. A cube that cannot be classified is reported, and the others are still classified.</source>
        <translation>Entraîne un modèle sur les zones d'un cube et classe avec lui d'autres cubes du même capteur. Un cube qui ne peut pas être classé est signalé, et les autres sont tout de même classés.</translation>
    </message>
    <message>
        <source>Classify, then assess</source>
        <translation>Classer, puis évaluer</translation>
    </message>
    <message>
        <source>Classify a cube with a model and check the map on reference areas</source>
        <translation>Classer un cube avec un modèle et vérifier la carte sur des zones de référence</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and compares the map with reference areas that the model was not trained on. The results are a report, a confusion matrix and the accuracies.</source>
        <translation>Classe un cube avec un modèle et compare la carte à des zones de référence sur lesquelles le modèle n'a pas été entraîné. Les résultats sont un rapport, une matrice de confusion et les exactitudes.</translation>
    </message>
    <message>
        <source>Classify, then draw a sample</source>
        <translation>Classer, puis tirer un échantillon</translation>
    </message>
    <message>
        <source>Classify a cube with a model and draw a reference sample from the map</source>
        <translation>Classer un cube avec un modèle et tirer de la carte un échantillon de référence</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and draws random points from the map. Once you have entered the true cover of each point, 'Assess accuracy' estimates the accuracy of the whole map.</source>
        <translation>Classe un cube avec un modèle et tire au sort des points de la carte. Une fois que vous avez saisi l'occupation réelle de chaque point, « Évaluer l'exactitude » estime l'exactitude de toute la carte.</translation>
    </message>
    <message>
        <source>Classify from training areas</source>
        <translation>Classer à partir de zones d'entraînement</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Commencer ici</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Étiqueter</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>Classer</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitude</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Make a land-cover map from a cube and areas of known cover</source>
        <translation>Créer une carte d'occupation du sol à partir d'un cube et de zones d'occupation connue</translation>
    </message>
    <message>
        <source>Makes a land-cover map of a hyperspectral cube from areas whose cover you know.

1. Draw polygons of each class in a vector layer with a field for the class name. Several small polygons per class, spread over the scene, work better than a few large ones.
2. Categorise the layer by that field if you want its colours in the map.
3. Choose the cube, the layer and the field, and run.

The results are the map with its legend, a confidence raster, a model for other scenes of the same sensor and an accuracy report. The map is trained on all areas. Its accuracy is estimated by cross-validation: each of several models is trained without some of the areas and scored on those. The areas left out lie about as far from the training areas as the rest of the scene does, where possible.</source>
        <translation>Crée une carte d'occupation du sol d'un cube hyperspectral à partir de zones dont vous connaissez l'occupation.

1. Dessinez des polygones de chaque classe dans une couche vecteur dotée d'un champ pour le nom de la classe. Plusieurs petits polygones par classe, répartis sur la scène, valent mieux que quelques grands.
2. Catégorisez la couche par ce champ si vous voulez ses couleurs dans la carte.
3. Choisissez le cube, la couche et le champ, puis exécutez.

Les résultats sont la carte avec sa légende, un raster de confiance, un modèle pour d'autres scènes du même capteur et un rapport d'exactitude. La carte est entraînée sur toutes les zones. Son exactitude est estimée par validation croisée : plusieurs modèles sont entraînés chacun sans une partie des zones et évalués sur celle-ci. Les zones laissées de côté sont, si possible, à peu près aussi loin des zones d'entraînement que le reste de la scène.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,neural network,remote sensing,supervised,map,superpixels,EnMAP,AVIRIS,ENVI</source>
        <translation>hyperspectral,classification,occupation du sol,apprentissage profond,réseau de neurones,télédétection,supervisée,carte,superpixels,EnMAP,AVIRIS,ENVI</translation>
    </message>
    <message>
        <source>Hyperspectral cube</source>
        <translation>Cube hyperspectral</translation>
    </message>
    <message>
        <source>Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.</source>
        <translation>Raster à nombreuses bandes : ENVI, GeoTIFF ou tout ce que lit GDAL.</translation>
    </message>
    <message>
        <source>Training areas</source>
        <translation>Zones d'entraînement</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover, at least two classes.</source>
        <translation>Polygones, lignes ou points d'occupation connue, au moins deux classes.</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>Champ de classe</translation>
    </message>
    <message>
        <source>Field with the name or number of the class. If the layer is categorised by this field, the map uses its labels and colours. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>Champ contenant le nom ou le numéro de la classe. Si la couche est catégorisée par ce champ, la carte reprend ses étiquettes et couleurs. S'il est laissé vide, le champ de catégorisation de la couche est utilisé, ou son seul champ texte.</translation>
    </message>
    <message>
        <source>More training areas</source>
        <translation>Autres zones d'entraînement</translation>
    </message>
    <message>
        <source>A second layer of areas, for example from 'Suggest areas to label next' once you have set their classes. Its class field must have the same name. Areas without a class are ignored.</source>
        <translation>Une deuxième couche de zones, par exemple issue de « Proposer des zones à étiqueter » une fois leurs classes saisies. Son champ de classe doit porter le même nom. Les zones sans classe sont ignorées.</translation>
    </message>
    <message>
        <source>Test areas</source>
        <translation>Zones de test</translation>
    </message>
    <message>
        <source>Areas used only to measure accuracy, never for training. Their class field must have the same name.</source>
        <translation>Zones qui servent uniquement à mesurer l'exactitude, jamais à l'entraînement. Leur champ de classe doit porter le même nom.</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>Modèle initial</translation>
    </message>
    <message>
        <source>Model to continue training from. This takes a fraction of the time of a new training. Give its old areas and the new ones together. New classes are allowed. The classes, bands, normalisation, superpixels and network of the model are kept. Areas held out from its training are held out again.</source>
        <translation>Modèle à partir duquel poursuivre l'entraînement. Cela prend une fraction du temps d'un nouvel entraînement. Donnez ensemble ses anciennes zones et les nouvelles. De nouvelles classes sont permises. Les classes, bandes, normalisation, superpixels et réseau du modèle sont conservés. Les zones mises à part lors de son entraînement le sont de nouveau.</translation>
    </message>
    <message>
        <source>MIAF-Net model</source>
        <translation>Modèle MIAF-Net</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Préréglage</translation>
    </message>
    <message>
        <source>How long to train. quick: {quick} epochs, for a first look. Its expected accuracy is too high for similar classes. standard: {standard} epochs, for the final map. best: {best} epochs, which take twice as long and are rarely much better. A value of 'Epochs' in the advanced parameters overrides the preset.</source>
        <translation>Durée de l'entraînement. quick : {quick} époques, pour un premier aperçu. La précision attendue est alors trop élevée pour les classes semblables. standard : {standard} époques, pour la carte définitive. best : {best} époques, deux fois plus longues et rarement bien meilleures. Une valeur d'« Époques » dans les paramètres avancés est prioritaire.</translation>
    </message>
    <message>
        <source>Label raster, instead of training areas</source>
        <translation>Raster d'étiquettes, au lieu de zones d'entraînement</translation>
    </message>
    <message>
        <source>Raster of class values on the cube's grid, 0 where the cover is not known. The map uses its legend, or its category names and colours.</source>
        <translation>Raster de valeurs de classe sur la grille du cube, 0 où l'occupation est inconnue. La carte reprend sa légende, ou ses noms de catégories et couleurs.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Masque</translation>
    </message>
    <message>
        <source>Limits training and mapping to part of the cube. Polygons: pixels inside them are used. Raster with one band on the cube's grid: pixels that are neither 0 nor nodata are used.</source>
        <translation>Limite l'entraînement et la cartographie à une partie du cube. Polygones : les pixels situés dedans sont utilisés. Raster à une bande sur la grille du cube : les pixels qui ne sont ni 0 ni nodata sont utilisés.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Entrées</translation>
    </message>
    <message>
        <source>More cubes to train on</source>
        <translation>Autres cubes d'entraînement</translation>
    </message>
    <message>
        <source>More scenes of the same sensor. The training areas may lie on any of them. Only the first cube, chosen above, is mapped.</source>
        <translation>Autres scènes du même capteur. Les zones d'entraînement peuvent se trouver sur n'importe laquelle. Seul le premier cube, choisi plus haut, est cartographié.</translation>
    </message>
    <message>
        <source>model: band statistics of all cubes together, or of the initial model. scene: statistics of each cube by itself, for cubes with different illumination or calibration. Then classify with 'scene', too.</source>
        <translation>model : statistiques des bandes de tous les cubes ensemble, ou du modèle initial. scene : statistiques propres à chaque cube, pour un éclairage ou un étalonnage différents. Classez alors aussi avec « scene ».</translation>
    </message>
    <message>
        <source>Normalise by the statistics of</source>
        <translation>Normaliser par les statistiques de</translation>
    </message>
    <message>
        <source>Excluded wavelengths (nm)</source>
        <translation>Longueurs d'onde exclues (nm)</translation>
    </message>
    <message>
        <source>Bands within these wavelength ranges are not used, for example 1350-1430,1800-1970 (absorption by water vapour). If left empty, all bands are used.</source>
        <translation>Les bandes de ces intervalles de longueurs d'onde ne sont pas utilisées, par exemple 1350-1430,1800-1970 (absorption par la vapeur d'eau). Laissé vide, toutes les bandes sont utilisées.</translation>
    </message>
    <message>
        <source>Hold-out method</source>
        <translation>Méthode de mise à part</translation>
    </message>
    <message>
        <source>How test data are chosen. matched: cross-validation with test areas as far from the training areas as the map, if possible; the map is trained on all areas. Others hold out a share: polygons (of a label raster: ends of its regions), blocks, or random pixels (accuracy too high). none: not measured.</source>
        <translation>Choix des données de test. matched : validation croisée avec des zones de test si possible aussi loin des zones d'entraînement que la carte, entraînée sur toutes. Sinon une part est mise à part : polygones (d'un raster d'étiquettes : bouts de régions), blocs ou pixels au hasard (exactitude trop haute). none : aucune.</translation>
    </message>
    <message>
        <source>Share held out (%)</source>
        <translation>Part mise à part (%)</translation>
    </message>
    <message>
        <source>Share of each class in the test set, in percent.</source>
        <translation>Part de chaque classe dans le jeu de test, en pour cent.</translation>
    </message>
    <message>
        <source>Validation set for early stopping (%)</source>
        <translation>Jeu de validation pour l'arrêt anticipé (%)</translation>
    </message>
    <message>
        <source>Share of the training areas used as validation set, in percent. It chooses the epoch (early stopping) and is never scored. Afterwards it is used for training, too. 0 takes the last epoch.</source>
        <translation>Part des zones d'entraînement utilisée comme jeu de validation, en pour cent. Il choisit l'époque (arrêt anticipé) et n'est jamais évalué. Il sert ensuite aussi à l'entraînement. 0 prend la dernière époque.</translation>
    </message>
    <message>
        <source>Folds of the cross-validation</source>
        <translation>Plis de la validation croisée</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. With matched, 1 chooses it automatically. With polygons, 1 scores the share held out. With 2 or more, each polygon is scored once by a model trained without it, and the map is trained on all areas.</source>
        <translation>Nombre de plis de la validation croisée. Avec matched, 1 le choisit automatiquement. Avec polygons, 1 évalue la part mise à part. À partir de 2, chaque polygone est évalué une fois par un modèle entraîné sans lui, et la carte est entraînée sur toutes les zones.</translation>
    </message>
    <message>
        <source>Train on the test areas before mapping</source>
        <translation>Entraîner aussi sur les zones de test avant de cartographier</translation>
    </message>
    <message>
        <source>After scoring, training continues briefly on all areas, test areas included. This improves the map. The accuracy remains that of the model before, and no test set is left for the final one.</source>
        <translation>Après l'évaluation, l'entraînement se poursuit brièvement sur toutes les zones, zones de test comprises. Cela améliore la carte. L'exactitude reste celle du modèle précédent, et il ne reste pas de jeu de test pour le modèle final.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Graine</translation>
    </message>
    <message>
        <source>The same seed, device and versions give the same split and the same map.</source>
        <translation>La même graine, le même appareil et les mêmes versions donnent le même partage et la même carte.</translation>
    </message>
    <message>
        <source>Continue an interrupted training</source>
        <translation>Continuer un entraînement interrompu</translation>
    </message>
    <message>
        <source>If a training with the same inputs and settings was cancelled or interrupted, it continues where it stopped. The result is the same as without interruption. The state is saved every 30 seconds and kept for up to 14 days. If off, training starts again from the beginning.</source>
        <translation>Si un entraînement avec les mêmes entrées et réglages a été annulé ou interrompu, il reprend où il s'était arrêté. Le résultat est le même que sans interruption. L'état est enregistré toutes les 30 secondes et conservé jusqu'à 14 jours. Si la case est décochée, l'entraînement recommence depuis le début.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entraînement</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Époques</translation>
    </message>
    <message>
        <source>Number of passes over the training data.</source>
        <translation>Nombre de passages sur les données d'entraînement.</translation>
    </message>
    <message>
        <source>If left empty, the preset decides.</source>
        <translation>Laissé vide, le préréglage décide.</translation>
    </message>
    <message>
        <source>Final epochs with all training areas (%)</source>
        <translation>Dernières époques avec toutes les zones (%)</translation>
    </message>
    <message>
        <source>Once early stopping has chosen the epoch, training continues with the validation set included. This is the number of further epochs, in percent of 'Epochs'. 0 keeps the chosen epoch. Test pixels are never included.</source>
        <translation>Une fois l'époque choisie par l'arrêt anticipé, l'entraînement se poursuit avec le jeu de validation. Il s'agit du nombre d'époques supplémentaires, en pour cent d'« Époques ». 0 conserve l'époque choisie. Les pixels de test n'en font jamais partie.</translation>
    </message>
    <message>
        <source>Epochs of continued training (%)</source>
        <translation>Époques de la poursuite d'entraînement (%)</translation>
    </message>
    <message>
        <source>Number of epochs when training continues from an initial model, in percent of 'Epochs'.</source>
        <translation>Nombre d'époques lorsque l'entraînement se poursuit à partir d'un modèle initial, en pour cent d'« Époques ».</translation>
    </message>
    <message>
        <source>Learning rate of continued training (%)</source>
        <translation>Taux d'apprentissage de la poursuite d'entraînement (%)</translation>
    </message>
    <message>
        <source>Learning rate when training continues from an initial model, in percent of 'Learning rate'. A low value preserves what the model has learned.</source>
        <translation>Taux d'apprentissage lorsque l'entraînement se poursuit à partir d'un modèle initial, en pour cent de « Taux d'apprentissage ». Une faible valeur préserve ce que le modèle a appris.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Taux d'apprentissage</translation>
    </message>
    <message>
        <source>Maximum learning rate of the one-cycle schedule.</source>
        <translation>Taux d'apprentissage maximal de la politique à un cycle.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Décroissance des poids</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>Décroissance découplée des poids d'AdamW.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Lissage des étiquettes</translation>
    </message>
    <message>
        <source>Probability mass assigned to the other classes.</source>
        <translation>Probabilité attribuée aux autres classes.</translation>
    </message>
    <message>
        <source>Weight of small classes (exponent)</source>
        <translation>Poids des petites classes (exposant)</translation>
    </message>
    <message>
        <source>The weight of a pixel is the pixel count of its class raised to minus this exponent. 0: all pixels have the same weight. 1: all classes have the same weight.</source>
        <translation>Le poids d'un pixel est le nombre de pixels de sa classe élevé à moins cet exposant. 0 : tous les pixels ont le même poids. 1 : toutes les classes ont le même poids.</translation>
    </message>
    <message>
        <source>Input noise</source>
        <translation>Bruit d'entrée</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to each normalised band during training. With more than 100 training areas, noise and dropout are reduced.</source>
        <translation>Écart-type du bruit ajouté à chaque bande normalisée pendant l'entraînement. Au-delà de 100 zones d'entraînement, le bruit et le dropout sont réduits.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Réseau</translation>
    </message>
    <message>
        <source>Width of the network (features)</source>
        <translation>Largeur du réseau (caractéristiques)</translation>
    </message>
    <message>
        <source>Number of features in each branch.</source>
        <translation>Nombre de caractéristiques de chaque branche.</translation>
    </message>
    <message>
        <source>Convolution kernel sizes, small to large</source>
        <translation>Tailles des noyaux de convolution, de petit à grand</translation>
    </message>
    <message>
        <source>Size of the convolution kernels in pixels: one odd number per scale, separated by commas.</source>
        <translation>Taille des noyaux de convolution en pixels : un nombre impair par échelle, séparés par des virgules.</translation>
    </message>
    <message>
        <source>Dropout (share of features)</source>
        <translation>Dropout (part des caractéristiques)</translation>
    </message>
    <message>
        <source>Share of the shallow features that are dropped during training.</source>
        <translation>Part des caractéristiques de surface écartée pendant l'entraînement.</translation>
    </message>
    <message>
        <source>Use the graph branch</source>
        <translation>Utiliser la branche de graphe</translation>
    </message>
    <message>
        <source>Extracts features by graph convolution over superpixels.</source>
        <translation>Extrait des caractéristiques par convolution sur le graphe des superpixels.</translation>
    </message>
    <message>
        <source>Use the convolution branch</source>
        <translation>Utiliser la branche de convolution</translation>
    </message>
    <message>
        <source>Extracts features by convolution over neighbouring pixels.</source>
        <translation>Extrait des caractéristiques par convolution sur les pixels voisins.</translation>
    </message>
    <message>
        <source>Interactive attention between the branches</source>
        <translation>Attention interactive entre les branches</translation>
    </message>
    <message>
        <source>Weights the features of each branch by attention computed from the other branch.</source>
        <translation>Pondère les caractéristiques de chaque branche par l'attention calculée à partir de l'autre.</translation>
    </message>
    <message>
        <source>Fuse the scales by attention</source>
        <translation>Fusionner les échelles par attention</translation>
    </message>
    <message>
        <source>Fuses the features of all scales by attention. If off, their mean is used.</source>
        <translation>Fusionne les caractéristiques de toutes les échelles par attention. Si la case est décochée, leur moyenne est utilisée.</translation>
    </message>
    <message>
        <source>Ensemble of heads</source>
        <translation>Ensemble de têtes</translation>
    </message>
    <message>
        <source>Maps with an ensemble of heads: one for the fused features, one for each branch and five for the spectrum. It is more accurate on fields without training areas. If off, only the head of the fused features is used.</source>
        <translation>Cartographie avec un ensemble de têtes : une pour les caractéristiques fusionnées, une pour chaque branche et trois pour le spectre. C'est plus exact sur les parcelles sans zones d'entraînement. Si la case est décochée, seule la tête des caractéristiques fusionnées est utilisée.</translation>
    </message>
    <message>
        <source>Superpixels of the network</source>
        <translation>Superpixels du réseau</translation>
    </message>
    <message>
        <source>Pixels per superpixel, small to large</source>
        <translation>Pixels par superpixel, de petit à grand</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel: one value per scale, from small to large, separated by commas. auto derives them from the distance over which pixels of the scene resemble each other.</source>
        <translation>Nombre moyen de pixels d'un superpixel : une valeur par échelle, de petite à grande, séparées par des virgules. auto les déduit de la distance sur laquelle les pixels de la scène se ressemblent.</translation>
    </message>
    <message>
        <source>Compactness of the superpixels</source>
        <translation>Compacité des superpixels</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in units of the spread within classes.</source>
        <translation>Des valeurs plus grandes donnent des superpixels plus ronds. C'est la distance spectrale qui compte autant que le côté d'un superpixel, en unités de la dispersion à l'intérieur des classes.</translation>
    </message>
    <message>
        <source>Components for the superpixels</source>
        <translation>Composantes pour les superpixels</translation>
    </message>
    <message>
        <source>Number of projected components from which superpixels are made.</source>
        <translation>Nombre de composantes projetées dont sont formés les superpixels.</translation>
    </message>
    <message>
        <source>Projection for the superpixels</source>
        <translation>Projection pour les superpixels</translation>
    </message>
    <message>
        <source>Projection for the superpixels. lda: linear discriminant analysis, which separates the training classes. pca: principal component analysis, which uses no labels.</source>
        <translation>Projection pour les superpixels. lda : analyse discriminante linéaire, qui sépare les classes d'entraînement. pca : analyse en composantes principales, qui n'utilise pas d'étiquettes.</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Calcul</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Appareil</translation>
    </message>
    <message>
        <source>Where the network is computed. auto: a graphics card if there is one, otherwise the processor. cuda:N: the NVIDIA card with number N. mps: an Apple graphics processor.</source>
        <translation>Où le réseau est calculé. auto : une carte graphique s'il y en a une, sinon le processeur. cuda:N : la carte NVIDIA numéro N. mps : un processeur graphique Apple.</translation>
    </message>
    <message>
        <source>Memory budget (MiB)</source>
        <translation>Budget de mémoire (Mio)</translation>
    </message>
    <message>
        <source>Memory that the engine may use. 0 chooses it automatically.</source>
        <translation>Mémoire que le moteur peut utiliser. 0 la choisit automatiquement.</translation>
    </message>
    <message>
        <source>Creation options of the rasters</source>
        <translation>Options de création des rasters</translation>
    </message>
    <message>
        <source>GDAL creation options NAME=VALUE, separated by |. If left empty, GeoTIFF files are tiled and compressed.</source>
        <translation>Options de création GDAL NOM=VALEUR, séparées par |. Laissé vide, les fichiers GeoTIFF sont tuilés et compressés.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Carte</translation>
    </message>
    <message>
        <source>Minimum confidence</source>
        <translation>Confiance minimale</translation>
    </message>
    <message>
        <source>Pixels with a lower confidence become 0 (unclassified) in the map. 0 to 1, as in the confidence raster; 0 keeps all pixels. The confidence raster itself is not changed.</source>
        <translation>Les pixels de confiance inférieure deviennent 0 (non classé) dans la carte. De 0 à 1, comme dans le raster de confiance ; 0 conserve tous les pixels. Le raster de confiance lui-même ne change pas.</translation>
    </message>
    <message>
        <source>Leave out pixels unlike the training areas</source>
        <translation>Exclure les pixels dissemblables des zones d'entraînement</translation>
    </message>
    <message>
        <source>Pixels whose spectra are unlike all training areas become 0 (unclassified) in the map. A road without training areas is then not mapped as a field.</source>
        <translation>Les pixels dont le spectre ne ressemble à aucune zone d'entraînement deviennent 0 (non classé) dans la carte. Une route sans zones d'entraînement n'est alors pas cartographiée comme un champ.</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Carte des classes</translation>
    </message>
    <message>
        <source>Map of the classes on the cube's grid; 0 is unclassified.</source>
        <translation>Carte des classes sur la grille du cube ; 0 signifie non classé.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confiance</translation>
    </message>
    <message>
        <source>Probability of the mapped class, 0 to 1, calibrated on areas held out in turn. On land similar to the training areas, about 80 % of the pixels with 0.8 are right.</source>
        <translation>Probabilité de la classe cartographiée, de 0 à 1, étalonnée sur des zones mises à part à tour de rôle. Sur un terrain semblable aux zones d'entraînement, environ 80 % des pixels à 0.8 sont corrects.</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>Probabilités des classes</translation>
    </message>
    <message>
        <source>Probability of each class, one band per class.</source>
        <translation>Probabilité de chaque classe, une bande par classe.</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>Uncertainty of the class: 0 where one class is certain, 1 where all classes are equally likely.</source>
        <translation>Incertitude de la classe : 0 si une classe est certaine, 1 si toutes les classes sont également probables.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Marge</translation>
    </message>
    <message>
        <source>Difference between the probabilities of the mapped class and the next one, 0 to 1. Near 0 both are almost equally likely.</source>
        <translation>Différence entre les probabilités de la classe cartographiée et de la suivante, de 0 à 1. Près de 0, les deux sont presque également probables.</translation>
    </message>
    <message>
        <source>Area of applicability</source>
        <translation>Domaine d'applicabilité</translation>
    </message>
    <message>
        <source>Band 1: dissimilarity of each pixel's spectrum to the training areas. Band 2: 1 inside the area of applicability, 0 outside, where the map is unreliable.</source>
        <translation>Bande 1 : dissemblance du spectre de chaque pixel avec les zones d'entraînement. Bande 2 : 1 dans le domaine d'applicabilité, 0 en dehors, où la carte n'est pas fiable.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modèle</translation>
    </message>
    <message>
        <source>File of the trained network, to be used in 'Classify with a model'.</source>
        <translation>Fichier du réseau entraîné, à utiliser dans « Classer avec un modèle ».</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>Rapport d'exactitude</translation>
    </message>
    <message>
        <source>Expected accuracy of the map and of each class, with plots. The numbers are also written as JSON and CSV files beside it.</source>
        <translation>Exactitude attendue de la carte et de chaque classe, avec graphiques. Les nombres sont aussi écrits à côté en JSON et CSV.</translation>
    </message>
    <message>
        <source>HTML files</source>
        <translation>Fichiers HTML</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation>Exactitude globale</translation>
    </message>
    <message>
        <source>Average accuracy</source>
        <translation>Exactitude moyenne</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Train model</source>
        <translation>Entraîner un modèle</translation>
    </message>
    <message>
        <source>Train a MIAF-Net model from a cube and training areas</source>
        <translation>Entraîner un modèle MIAF-Net à partir d'un cube et de zones d'entraînement</translation>
    </message>
    <message>
        <source>Trains a network on areas of known cover and writes it to a model file. 'Classify with a model' applies it to this scene and to others of the same sensor.

The model is trained on all areas. The accuracy in the report is measured with models that were each trained without some of the areas and scored on those. Areas in 'Test areas' are only scored and never trained on.</source>
        <translation>Entraîne un réseau sur des zones d'occupation connue et l'écrit dans un fichier de modèle. « Classer avec un modèle » l'applique à cette scène et à d'autres du même capteur.

Le modèle est entraîné sur toutes les zones. L'exactitude du rapport est mesurée avec des modèles entraînés chacun sans une partie des zones et évalués sur celle-ci. Les « Zones de test » sont seulement évaluées et ne servent jamais à l'entraînement.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,train,learn,deep learning,neural network,land cover,remote sensing,supervised</source>
        <translation>hyperspectral,classification,entraîner,apprendre,apprentissage profond,réseau de neurones,occupation du sol,télédétection,supervisée</translation>
    </message>
    <message>
        <source>Classify with a model</source>
        <translation>Classer avec un modèle</translation>
    </message>
    <message>
        <source>Make a land-cover map with a trained model</source>
        <translation>Créer une carte d'occupation du sol avec un modèle entraîné</translation>
    </message>
    <message>
        <source>Makes a land-cover map of the training scene or of another one with a trained model.

Bands are matched by wavelength. A cube that lacks bands of the model is refused, and the message lists them. For another sensor, tick 'Interpolate bands'. A warning appears if the values of the scene are far from those of the training scene. Normalising by the statistics of the scene may then help. A model knows only the conditions it was trained on. For another date or sensor, check the map with 'Assess accuracy'.</source>
        <translation>Crée avec un modèle entraîné une carte d'occupation du sol de la scène d'entraînement ou d'une autre.

Les bandes sont appariées par longueur d'onde. Un cube auquel il manque des bandes du modèle est refusé, et le message les énumère. Pour un autre capteur, cochez « Interpoler les bandes ». Un avertissement apparaît si les valeurs de la scène sont loin de celles de la scène d'entraînement. Normaliser par les statistiques de la scène peut alors aider. Un modèle ne connaît que les conditions de son entraînement. Pour une autre date ou un autre capteur, vérifiez la carte avec « Évaluer l'exactitude ».</translation>
    </message>
    <message>
        <source>hyperspectral,classification,predict,land cover,deep learning,neural network,remote sensing,map</source>
        <translation>hyperspectral,classification,prédiction,occupation du sol,apprentissage profond,réseau de neurones,télédétection,carte</translation>
    </message>
    <message>
        <source>Raster with the bands that the model was trained on.</source>
        <translation>Raster avec les bandes sur lesquelles le modèle a été entraîné.</translation>
    </message>
    <message>
        <source>File written by 'Train model' or 'Classify from training areas'.</source>
        <translation>Fichier écrit par « Entraîner un modèle » ou « Classer à partir de zones d'entraînement ».</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Emprise</translation>
    </message>
    <message>
        <source>Part of the cube to classify, in any CRS. If left empty, the whole cube is classified.</source>
        <translation>Partie du cube à classer, dans n'importe quel SCR. Laissé vide, tout le cube est classé.</translation>
    </message>
    <message>
        <source>Interpolate bands</source>
        <translation>Interpoler les bandes</translation>
    </message>
    <message>
        <source>Interpolates the bands of the model from those of another sensor. This is refused for bands outside the range of the sensor or in gaps wider than 30 nm.</source>
        <translation>Interpole les bandes du modèle à partir de celles d'un autre capteur. C'est refusé pour des bandes hors de l'intervalle du capteur ou dans des lacunes de plus de 30 nm.</translation>
    </message>
    <message>
        <source>model: band statistics of the training scene. scene: statistics of this scene, for another atmosphere or calibration. The scene should have about the same cover.</source>
        <translation>model : statistiques des bandes de la scène d'entraînement. scene : statistiques de cette scène, pour une autre atmosphère ou un autre étalonnage. La scène devrait avoir à peu près la même occupation.</translation>
    </message>
    <message>
        <source>Worker processes</source>
        <translation>Processus de travail</translation>
    </message>
    <message>
        <source>More than one share the tiles of a large scene. Each has one CPU thread and takes up to the memory budget. The files are the same for any number of them, and those of a single process with one CPU thread. A scene of one tile keeps one of them busy.</source>
        <translation>Plusieurs se partagent les tuiles d'une grande scène. Chacun a un fil d'exécution et prend au plus le budget de mémoire. Les fichiers sont les mêmes quel que soit leur nombre : ceux d'un seul processus à un fil d'exécution. Une scène d'une seule tuile n'en occupe qu'un.</translation>
    </message>
    <message>
        <source>Classify several cubes with a model</source>
        <translation>Classer plusieurs cubes avec un modèle</translation>
    </message>
    <message>
        <source>Make a land-cover map of each of several cubes with one model</source>
        <translation>Créer avec un modèle une carte d'occupation du sol de chacun de plusieurs cubes</translation>
    </message>
    <message>
        <source>Makes a land-cover map of each cube in a list with one model, for example of the flight lines of a campaign. The maps are written to a folder as NAME_map.tif and, on request, NAME_confidence.tif, where NAME is the name of the cube's file. A cube that cannot be classified is reported, and the others are still classified. The run fails only if none of the cubes could be classified.</source>
        <translation>Crée avec un modèle une carte d'occupation du sol de chaque cube d'une liste, par exemple des lignes de vol d'une campagne. Les cartes sont écrites dans un dossier sous NAME_map.tif et, sur demande, NAME_confidence.tif, où NAME est le nom du fichier du cube. Un cube qui ne peut pas être classé est signalé, et les autres sont tout de même classés. L'exécution n'échoue que si aucun cube n'a pu être classé.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,batch,flight lines,mosaic,land cover,deep learning</source>
        <translation>hyperspectral,classification,lot,lignes de vol,mosaïque,occupation du sol,apprentissage profond</translation>
    </message>
    <message>
        <source>Hyperspectral cubes</source>
        <translation>Cubes hyperspectraux</translation>
    </message>
    <message>
        <source>Rasters with the bands that the model was trained on.</source>
        <translation>Rasters avec les bandes sur lesquelles le modèle a été entraîné.</translation>
    </message>
    <message>
        <source>Write confidence rasters too</source>
        <translation>Écrire aussi les rasters de confiance</translation>
    </message>
    <message>
        <source>Probability of the mapped class, 0 to 1.</source>
        <translation>Probabilité de la classe cartographiée, de 0 à 1.</translation>
    </message>
    <message>
        <source>Folder of maps</source>
        <translation>Dossier des cartes</translation>
    </message>
    <message>
        <source>Class maps</source>
        <translation>Cartes des classes</translation>
    </message>
    <message>
        <source>Number of maps</source>
        <translation>Nombre de cartes</translation>
    </message>
    <message>
        <source>Number of cubes not classified</source>
        <translation>Nombre de cubes non classés</translation>
    </message>
    <message>
        <source>Draw a reference sample</source>
        <translation>Tirer un échantillon de référence</translation>
    </message>
    <message>
        <source>Draw random points to estimate the accuracy of a whole map</source>
        <translation>Tirer des points au hasard pour estimer l'exactitude de toute une carte</translation>
    </message>
    <message>
        <source>Draws random points from a class map. Once you have entered the true cover of each point, 'Assess accuracy' estimates accuracies and class areas of the whole map with their 95 % intervals. The same points can be used for another map of the same place.

The number of points follows from the half width of the interval that you want and from the accuracy that you expect (Cochran; Olofsson et al. 2014, equation 13). A stratified sample draws points in each class of the map. They are allocated to the classes by area, in equal numbers, or as a compromise: rare classes get the minimum, and the others share the rest by area.

To enter the cover, toggle editing of the layer and open the form of each point in the order of the numbers. Choose the class from the list, or 'other' for cover that is not in the map. Judge the cover at the point itself, in a better image or in the field. The class in the map is hidden so that it does not influence you. Do not change the other fields: they record how the points were drawn.</source>
        <translation>Tire des points au hasard d'une carte de classes. Une fois que vous avez saisi l'occupation réelle de chaque point, « Évaluer l'exactitude » estime les exactitudes et les surfaces des classes de toute la carte avec leurs intervalles à 95 %. Les mêmes points peuvent servir pour une autre carte du même lieu.

Le nombre de points dépend de la demi-largeur d'intervalle souhaitée et de l'exactitude attendue (Cochran ; Olofsson et al. 2014, équation 13). Un échantillon stratifié tire des points dans chaque classe de la carte. Ils sont répartis entre les classes selon la surface, en nombres égaux ou par un compromis : les classes rares reçoivent le minimum, et les autres se partagent le reste selon la surface.

Pour saisir l'occupation, basculez la couche en mode édition et ouvrez le formulaire de chaque point dans l'ordre des numéros. Choisissez la classe dans la liste, ou « other » pour une occupation absente de la carte. Jugez l'occupation au point même, sur une meilleure image ou sur le terrain. La classe de la carte est masquée pour ne pas vous influencer. Ne modifiez pas les autres champs : ils gardent la trace du tirage.</translation>
    </message>
    <message>
        <source>accuracy,reference,validation,sampling design,random points,stratified,area estimation,Olofsson</source>
        <translation>précision,référence,validation,plan d'échantillonnage,points aléatoires,stratifié,estimation de surfaces,Olofsson</translation>
    </message>
    <message>
        <source>Raster of class values, as written by the classification algorithms.</source>
        <translation>Raster de valeurs de classe, tel que l'écrivent les algorithmes de classification.</translation>
    </message>
    <message>
        <source>Half width of the 95 % interval of overall accuracy</source>
        <translation>Demi-largeur de l'intervalle à 95 % de l'exactitude globale</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <translation>Précision attendue</translation>
    </message>
    <message>
        <source>Minimum number of points per class</source>
        <translation>Nombre minimal de points par classe</translation>
    </message>
    <message>
        <source>Sampling method</source>
        <translation>Méthode d'échantillonnage</translation>
    </message>
    <message>
        <source>stratified: random points in each class of the map. simple: random points over the whole map. systematic: a square grid with a random start. Its intervals are those of a simple sample. They are rather too wide, unless the land repeats itself at the distance of the grid.</source>
        <translation>stratified : points au hasard dans chaque classe de la carte. simple : points au hasard sur toute la carte. systematic : une grille carrée à départ aléatoire. Ses intervalles sont ceux d'un échantillon simple. Ils sont plutôt trop larges, sauf si le terrain se répète à la distance de la grille.</translation>
    </message>
    <message>
        <source>As a fraction: 0.05 means 5 percentage points on either side. Values of 1 or more are percentage points. Half the width needs four times as many points.</source>
        <translation>En fraction : 0.05 signifie 5 points de pourcentage de chaque côté. Les valeurs à partir de 1 sont des points de pourcentage. La moitié de la largeur demande quatre fois plus de points.</translation>
    </message>
    <message>
        <source>Expected user's accuracy as a fraction: one value for all classes, or one per class in the order of the class values, separated by commas. A lower value gives more points. 0.5 is safe for any map.</source>
        <translation>Exactitude de l'utilisateur attendue, en fraction : une valeur pour toutes les classes, ou une par classe dans l'ordre des valeurs, séparées par des virgules. Une valeur plus basse donne plus de points. 0.5 convient à toute carte.</translation>
    </message>
    <message>
        <source>Allocation of the points</source>
        <translation>Répartition des points</translation>
    </message>
    <message>
        <source>For a stratified sample. compromise: the minimum for rare classes, the rest by area. equal: the same number in each class, best for user's accuracy. proportional: by area, best for overall accuracy.</source>
        <translation>Pour un échantillon stratifié. compromise : le minimum pour les classes rares, le reste selon la surface. equal : le même nombre par classe, pour l'exactitude de l'utilisateur. proportional : selon la surface, pour l'exactitude globale.</translation>
    </message>
    <message>
        <source>For a stratified sample. If a class has fewer pixels, all of them are drawn. Olofsson et al. (2014) recommend 50 to 100.</source>
        <translation>Pour un échantillon stratifié. Si une classe a moins de pixels, tous sont tirés. Olofsson et al. (2014) recommandent 50 à 100.</translation>
    </message>
    <message>
        <source>The same seed draws the same points.</source>
        <translation>La même graine tire les mêmes points.</translation>
    </message>
    <message>
        <source>Show the class of the map</source>
        <translation>Montrer la classe de la carte</translation>
    </message>
    <message>
        <source>Adds a field with the class of the map at each point. People tend to agree with what they see, so leave this off if others are to trust the accuracy.</source>
        <translation>Ajoute un champ avec la classe de la carte en chaque point. On tend à approuver ce que l'on voit : laissez cette case décochée si d'autres doivent pouvoir se fier à l'exactitude.</translation>
    </message>
    <message>
        <source>Reference sample</source>
        <translation>Échantillon de référence</translation>
    </message>
    <message>
        <source>GeoPackage of numbered points with a list of classes to choose from.</source>
        <translation>GeoPackage de points numérotés avec une liste de classes à choisir.</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>Nombre de points</translation>
    </message>
    <message>
        <source>Assess accuracy</source>
        <translation>Évaluer l'exactitude</translation>
    </message>
    <message>
        <source>Score a class map against areas of known cover</source>
        <translation>Évaluer une carte des classes sur des zones d'occupation connue</translation>
    </message>
    <message>
        <source>Compares a class map with areas of known cover. Writes the confusion matrix, overall and average accuracy, kappa, and producer's and user's accuracy, F1 and IoU of each class. The 95 % intervals treat areas, not pixels, as the sampling units. Classes are matched by name or, if there are no names, by value.

Use areas that the map was not trained on. A class map does not record its training areas. If the reference may overlap them, give them as 'Areas to leave out'. Or give the 'Model that made the map' to be warned of training areas in the reference.

Points from 'Draw a reference sample' are recognised. The report then shows accuracies and class areas in hectares of the whole map with their 95 % intervals, for this map or another one of the same place. If the reference is a random sample from another source, tick 'Reference is a probability sample'. Accuracies and areas are then adjusted after Olofsson et al. (2014). 'Map to compare with' scores a second map on the same reference and tests the difference (McNemar).</source>
        <translation>Compare une carte de classes à des zones d'occupation connue. Écrit la matrice de confusion, l'exactitude globale et moyenne, le kappa, et l'exactitude du producteur et de l'utilisateur, le F1 et l'IoU de chaque classe. Les intervalles à 95 % prennent les zones, et non les pixels, comme unités d'échantillonnage. Les classes sont appariées par nom ou, à défaut de noms, par valeur.

Utilisez des zones sur lesquelles la carte n'a pas été entraînée. Une carte de classes n'enregistre pas ses zones d'entraînement. Si la référence peut les recouvrir, donnez-les comme « Zones à omettre ». Ou donnez le « Modèle qui a fait la carte » pour être averti de zones d'entraînement dans la référence.

Les points de « Tirer un échantillon de référence » sont reconnus. Le rapport montre alors les exactitudes et les surfaces des classes en hectares de toute la carte avec leurs intervalles à 95 %, pour cette carte ou une autre du même lieu. Si la référence est un échantillon aléatoire d'une autre source, cochez « La référence est un échantillon aléatoire ». Les exactitudes et surfaces sont alors ajustées d'après Olofsson et al. (2014). « Carte à comparer » évalue une deuxième carte sur la même référence et teste la différence (McNemar).</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,kappa,validation,error matrix,F1,IoU,McNemar,area estimation,Olofsson</source>
        <translation>exactitude,précision,matrice de confusion,kappa,validation,matrice d'erreur,F1,IoU,McNemar,estimation de surface,Olofsson</translation>
    </message>
    <message>
        <source>Reference areas</source>
        <translation>Zones de référence</translation>
    </message>
    <message>
        <source>Polygons, lines or points whose cover is known.</source>
        <translation>Polygones, lignes ou points dont l'occupation est connue.</translation>
    </message>
    <message>
        <source>Reference raster, instead of reference areas</source>
        <translation>Raster de référence, au lieu de zones de référence</translation>
    </message>
    <message>
        <source>Raster of class values on the map's grid, 0 where the cover is not known.</source>
        <translation>Raster de valeurs de classe sur la grille de la carte, 0 où l'occupation est inconnue.</translation>
    </message>
    <message>
        <source>Areas to leave out</source>
        <translation>Zones à omettre</translation>
    </message>
    <message>
        <source>Pixels in these areas are not scored. Usually these are the training areas.</source>
        <translation>Les pixels de ces zones ne sont pas évalués. Ce sont en général les zones d'entraînement.</translation>
    </message>
    <message>
        <source>Model that made the map</source>
        <translation>Modèle qui a fait la carte</translation>
    </message>
    <message>
        <source>The model file records its training areas. Reference areas among them make the accuracy too high, and a warning lists them. Areas that were redrawn cannot be recognised.</source>
        <translation>Le fichier du modèle enregistre ses zones d'entraînement. Des zones de référence parmi elles rendent l'exactitude trop élevée, et un avertissement les énumère. Les zones redessinées ne peuvent pas être reconnues.</translation>
    </message>
    <message>
        <source>Map to compare with</source>
        <translation>Carte à comparer</translation>
    </message>
    <message>
        <source>Another class map on the same grid, scored on the same reference.</source>
        <translation>Une autre carte des classes sur la même grille, évaluée sur la même référence.</translation>
    </message>
    <message>
        <source>Reference is a probability sample</source>
        <translation>La référence est un échantillon aléatoire</translation>
    </message>
    <message>
        <source>Tick only if the reference points were drawn at random, within each class of the map or over the whole map. Areas drawn where it was convenient are not such a sample. Points from 'Draw a reference sample' need no tick.</source>
        <translation>À cocher seulement si les points de référence ont été tirés au hasard, dans chaque classe de la carte ou sur toute la carte. Des zones dessinées là où c'était commode ne forment pas un tel échantillon. Les points de « Tirer un échantillon de référence » n'ont pas besoin de la case.</translation>
    </message>
    <message>
        <source>Accuracies with their intervals, for the map and each class.</source>
        <translation>Exactitudes avec leurs intervalles, pour la carte et chaque classe.</translation>
    </message>
    <message>
        <source>Number of pixels by reference class (rows) and mapped class (columns).</source>
        <translation>Nombre de pixels par classe de référence (lignes) et classe cartographiée (colonnes).</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matrice de confusion</translation>
    </message>
    <message>
        <source>CSV files</source>
        <translation>Fichiers CSV</translation>
    </message>
    <message>
        <source>Inspect cube and training areas</source>
        <translation>Inspecter cube et zones d'entraînement</translation>
    </message>
    <message>
        <source>Check a cube and training areas before training</source>
        <translation>Contrôler un cube et des zones d'entraînement avant l'entraînement</translation>
    </message>
    <message>
        <source>Checks a hyperspectral cube and, optionally, training areas, and writes a report. It lists bands and wavelengths, pixels without data, areas and pixels of each class, mean spectra and the separability of the classes. Problems are listed with the ids of the features.

Correct problems before training: areas of different classes that overlap, areas without a class, areas unlike the others of their class, and classes that are too small or too similar. Notes are for your information. Nothing is changed.</source>
        <translation>Contrôle un cube hyperspectral et, au choix, des zones d'entraînement, et écrit un rapport. Il énumère bandes et longueurs d'onde, pixels sans données, zones et pixels de chaque classe, spectres moyens et séparabilité des classes. Les problèmes sont listés avec les identifiants des entités.

Corrigez les problèmes avant l'entraînement : zones de classes différentes qui se recouvrent, zones sans classe, zones dissemblables des autres de leur classe, et classes trop petites ou trop semblables. Les remarques sont données pour information. Rien n'est modifié.</translation>
    </message>
    <message>
        <source>hyperspectral,check,quality,separability,Jeffries-Matusita,outliers,spectra,overlap</source>
        <translation>hyperspectral,contrôle,qualité,séparabilité,Jeffries-Matusita,valeurs aberrantes,spectres,recouvrement</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover.</source>
        <translation>Polygones, lignes ou points d'occupation connue.</translation>
    </message>
    <message>
        <source>Inspection report</source>
        <translation>Rapport d'inspection</translation>
    </message>
    <message>
        <source>Findings, with tables and mean spectra.</source>
        <translation>Constats, avec tableaux et spectres moyens.</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>A des problèmes</translation>
    </message>
    <message>
        <source>Number of problems</source>
        <translation>Nombre de problèmes</translation>
    </message>
    <message>
        <source>Segment into superpixels</source>
        <translation>Segmenter en superpixels</translation>
    </message>
    <message>
        <source>Make polygons of similar pixels, to label with a click</source>
        <translation>Créer des polygones de pixels semblables, à étiqueter d'un clic</translation>
    </message>
    <message>
        <source>Divides a hyperspectral cube into small polygons of adjacent pixels with similar spectra. Their borders follow the pixels. Together they cover every pixel with data once.

To make training areas without drawing, select polygons with a click and write a class into their field 'class' with the field calculator bar or the attribute table. Then use the layer in 'Classify from training areas' with the class field 'class'. Polygons without a class are ignored there.

Fields: pixels, area_ha, brightness (mean of all values), bright_std (its standard deviation over the pixels), spread (difference between the pixels' spectra, in standard deviations of the scene; large where covers are mixed), neighbours and neighb_ids (polygons that share a side or a corner). A cube larger than the memory budget is processed in blocks, and superpixels end at the edges of the blocks.</source>
        <translation>Divise un cube hyperspectral en petits polygones de pixels voisins aux spectres semblables. Leurs limites suivent les pixels. Ensemble, ils couvrent une fois chaque pixel ayant des données.

Pour créer des zones d'entraînement sans dessiner, sélectionnez des polygones d'un clic et écrivez une classe dans leur champ « class » avec la barre de calcul de champ ou la table d'attributs. Utilisez ensuite la couche dans « Classer à partir de zones d'entraînement » avec le champ de classe « class ». Les polygones sans classe y sont ignorés.

Champs : pixels, area_ha, brightness (moyenne de toutes les valeurs), bright_std (son écart-type sur les pixels), spread (différence entre les spectres des pixels, en écarts-types de la scène ; grande en cas d'occupation mixte), neighbours et neighb_ids (polygones partageant un côté ou un coin). Un cube plus grand que le budget de mémoire est traité par blocs, et les superpixels s'arrêtent au bord des blocs.</translation>
    </message>
    <message>
        <source>hyperspectral,SLIC,segmentation,objects,OBIA,labelling,training areas</source>
        <translation>hyperspectral,SLIC,segmentation,objets,OBIA,étiquetage,zones d'entraînement</translation>
    </message>
    <message>
        <source>Pixels per superpixel</source>
        <translation>Pixels par superpixel</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel.</source>
        <translation>Nombre moyen de pixels d'un superpixel.</translation>
    </message>
    <message>
        <source>Larger values give rounder superpixels. It is the spectral distance that counts as much as the side length of a superpixel, in standard deviations of the last component.</source>
        <translation>Des valeurs plus grandes donnent des superpixels plus ronds. C'est la distance spectrale qui compte autant que le côté d'un superpixel, en écarts-types de la dernière composante.</translation>
    </message>
    <message>
        <source>Number of principal components of the spectra from which superpixels are made.</source>
        <translation>Nombre de composantes principales des spectres dont sont formés les superpixels.</translation>
    </message>
    <message>
        <source>Mean of every band as a field</source>
        <translation>Moyenne de chaque bande en champ</translation>
    </message>
    <message>
        <source>Adds a field for each band used, called nm_ and the wavelength or band_ and the number. It holds the superpixel's mean of the values in the file.</source>
        <translation>Ajoute un champ pour chaque bande utilisée, appelé nm_ et la longueur d'onde, ou band_ et le numéro. Il contient la moyenne sur le superpixel des valeurs du fichier.</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>Superpixels</translation>
    </message>
    <message>
        <source>GeoPackage of polygons with an empty text field 'class'.</source>
        <translation>GeoPackage de polygones avec un champ texte « class » vide.</translation>
    </message>
    <message>
        <source>Number of superpixels</source>
        <translation>Nombre de superpixels</translation>
    </message>
    <message>
        <source>Suggest areas to label next</source>
        <translation>Proposer des zones à étiqueter</translation>
    </message>
    <message>
        <source>Show where more training areas would improve a model most</source>
        <translation>Montrer où d'autres zones d'entraînement amélioreraient le plus un modèle</translation>
    </message>
    <message>
        <source>Ranks the superpixels of a cube by how much knowing their class would improve a model, and writes the first ones as polygons. High ranks go to superpixels that are large enough, whose two most likely classes are close, and that differ from those ranked above. None overlaps an area that already has a class.

Toggle editing of the layer, open the attribute table or the form of an area, and choose its class from the list. Leave the class empty if you do not know the cover or if the area has several. Then train again with the layer as 'More training areas'. Areas without a class are ignored there. For further suggestions, give the layer as 'Earlier suggestions or more training areas'. Areas left empty are not suggested again, and similar ones rank lower.

Fields: rank, the class to be set (named as in the model's training), predicted and runner_up (the two most likely classes), reason, confidence (calibrated probability of the predicted class, mean over the pixels), margin (difference to the probability of the next class), entropy (0: one class is certain, 1: all classes are equally likely), pixels and area_ha.</source>
        <translation>Classe les superpixels d'un cube selon ce que la connaissance de leur classe apporterait à un modèle, et écrit les premiers comme polygones. Les premiers rangs vont aux superpixels assez grands, dont les deux classes les plus probables sont proches, et qui diffèrent de ceux des rangs précédents. Aucun ne recouvre une zone qui a déjà une classe.

Basculez la couche en mode édition, ouvrez la table d'attributs ou le formulaire d'une zone, et choisissez sa classe dans la liste. Laissez la classe vide si vous ne connaissez pas l'occupation ou si la zone en a plusieurs. Entraînez ensuite de nouveau avec la couche comme « Autres zones d'entraînement ». Les zones sans classe y sont ignorées. Pour d'autres propositions, donnez la couche comme « Propositions précédentes ou autres zones d'entraînement ». Les zones laissées vides ne sont pas proposées de nouveau, et les zones semblables reculent dans le classement.

Champs : rank (rang), la classe à saisir (nommée comme dans l'entraînement du modèle), predicted et runner_up (les deux classes les plus probables), reason (raison), confidence (probabilité étalonnée de la classe prédite, moyenne des pixels), margin (différence avec la probabilité de la classe suivante), entropy (0 : une classe est certaine, 1 : toutes les classes sont également probables), pixels et area_ha.</translation>
    </message>
    <message>
        <source>hyperspectral,active learning,uncertainty,sampling,labelling,training areas,superpixels</source>
        <translation>hyperspectral,apprentissage actif,incertitude,échantillonnage,étiquetage,zones d'entraînement,superpixels</translation>
    </message>
    <message>
        <source>Areas that already have a class</source>
        <translation>Zones qui ont déjà une classe</translation>
    </message>
    <message>
        <source>Usually the training areas. No suggestion overlaps them.</source>
        <translation>En général les zones d'entraînement. Aucune proposition ne les recouvre.</translation>
    </message>
    <message>
        <source>Field with the class of these areas. Areas where it is empty are ignored. The suggestions get a field of the same name. If left empty, the field by which the layer is categorised is used, or its only text field.</source>
        <translation>Champ contenant la classe de ces zones. Les zones où il est vide sont ignorées. Les propositions reçoivent un champ du même nom. S'il est laissé vide, le champ de catégorisation de la couche est utilisé, ou son seul champ texte.</translation>
    </message>
    <message>
        <source>Earlier suggestions or more training areas</source>
        <translation>Propositions précédentes ou autres zones d'entraînement</translation>
    </message>
    <message>
        <source>Areas with a class count as labelled. Areas without one are not suggested again, and similar ones rank lower. The class field must have the same name in both layers.</source>
        <translation>Les zones avec une classe comptent comme étiquetées. Les zones sans classe ne sont pas proposées de nouveau, et les zones semblables reculent dans le classement. Le champ de classe doit porter le même nom dans les deux couches.</translation>
    </message>
    <message>
        <source>Number of suggestions</source>
        <translation>Nombre de propositions</translation>
    </message>
    <message>
        <source>A larger number adds suggestions after the others.</source>
        <translation>Un nombre plus grand ajoute des propositions à la suite des autres.</translation>
    </message>
    <message>
        <source>Mean size of the superpixels. 0 takes that of the model's middle scale.</source>
        <translation>Taille moyenne des superpixels. 0 prend celle de l'échelle moyenne du modèle.</translation>
    </message>
    <message>
        <source>Suggested areas</source>
        <translation>Zones proposées</translation>
    </message>
    <message>
        <source>GeoPackage of ranked polygons with a list of classes to choose from.</source>
        <translation>GeoPackage de polygones classés par rang, avec une liste de classes à choisir.</translation>
    </message>
    <message>
        <source>Number of suggested areas</source>
        <translation>Nombre de zones proposées</translation>
    </message>
    <message>
        <source>Compare two maps</source>
        <translation>Comparer deux cartes</translation>
    </message>
    <message>
        <source>Show what changed from one class map to another, and where</source>
        <translation>Dire ce qui a changé d'une carte des classes à l'autre, et où</translation>
    </message>
    <message>
        <source>Compares two class maps, of two dates or of two models. Writes a map of the changes ('Corn -&gt; Woods'), the change matrix in pixels and hectares, and a report of the largest changes. Unchanged areas are pale, and changes have strong colours.

Classes are matched by name, or by value if one of the maps has no names. The maps may have different grids or coordinate reference systems. Each pixel of the map before is then compared with the nearest one of the map after, and a warning appears. Pixels without a class in one of the maps are 0 and are not compared.

The result shows how the maps differ, not how the land differs: errors in either map count as changes. Check both maps with 'Assess accuracy'.</source>
        <translation>Compare deux cartes de classes, de deux dates ou de deux modèles. Écrit une carte des changements (« Maïs -&gt; Forêt »), la matrice de changement en pixels et en hectares, et un rapport des plus grands changements. Les zones inchangées sont pâles, les changements ont des couleurs vives.

Les classes sont appariées par nom, ou par valeur si l'une des cartes n'a pas de noms. Les cartes peuvent avoir des grilles ou des systèmes de coordonnées de référence différents. Chaque pixel de la carte avant est alors comparé au plus proche de la carte après, et un avertissement apparaît. Les pixels sans classe dans l'une des cartes valent 0 et ne sont pas comparés.

Le résultat montre en quoi les cartes diffèrent, non le terrain : les erreurs des deux cartes comptent comme des changements. Vérifiez les deux cartes avec « Évaluer l'exactitude ».</translation>
    </message>
    <message>
        <source>change detection,change matrix,transition,from-to,two dates,difference,area</source>
        <translation>détection de changements,matrice de changements,transition,de-vers,deux dates,différence,surface</translation>
    </message>
    <message>
        <source>Map before</source>
        <translation>Carte avant</translation>
    </message>
    <message>
        <source>Class map of the earlier date.</source>
        <translation>Carte des classes de la date antérieure.</translation>
    </message>
    <message>
        <source>Map after</source>
        <translation>Carte après</translation>
    </message>
    <message>
        <source>Class map of the later date, or of another model.</source>
        <translation>Carte des classes de la date ultérieure, ou d'un autre modèle.</translation>
    </message>
    <message>
        <source>Change map</source>
        <translation>Carte des changements</translation>
    </message>
    <message>
        <source>One value for each change: the class before and the class after, for example 305 for 3 to 5. If these values would become too large, the changes are numbered.</source>
        <translation>Une valeur pour chaque changement : la classe avant et la classe après, par exemple 305 pour 3 vers 5. Si ces valeurs devenaient trop grandes, les changements sont numérotés.</translation>
    </message>
    <message>
        <source>Change matrix</source>
        <translation>Matrice des changements</translation>
    </message>
    <message>
        <source>Change report</source>
        <translation>Rapport des changements</translation>
    </message>
    <message>
        <source>Share of the compared area that changed, 0 to 1</source>
        <translation>Part changée de la surface comparée, 0 à 1</translation>
    </message>
    <message>
        <source>Pixels that changed</source>
        <translation>Pixels changés</translation>
    </message>
    <message>
        <source>Hectares that changed</source>
        <translation>Hectares changés</translation>
    </message>
    <message>
        <source>Pixels with a class in both maps</source>
        <translation>Pixels ayant une classe dans les deux cartes</translation>
    </message>
    <message>
        <source>Set up the engine</source>
        <translation>Installer le moteur</translation>
    </message>
    <message>
        <source>Install the Python packages of the engine, separate from those of QGIS</source>
        <translation>Installer les paquets Python du moteur, à part de ceux de QGIS</translation>
    </message>
    <message>
        <source>Installs the packages of the engine into a separate environment in your user folder. The Python of QGIS is not changed. A network connection is needed. The installation takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card. If it was cancelled or interrupted, run it again to continue.

You do not need it if you choose a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net. 'Remove the engine' frees the space again.</source>
        <translation>Installe les paquets du moteur dans un environnement séparé de votre dossier utilisateur. Le Python de QGIS n'est pas modifié. Une connexion réseau est nécessaire. L'installation prend quelques minutes et environ 1.5 Go d'espace disque, ou plusieurs Go avec une carte NVIDIA. Si elle a été annulée ou interrompue, relancez-la pour continuer.

Elle est inutile si vous choisissez un Python qui a les paquets dans Préférences &gt; Options &gt; Traitement &gt; Fournisseurs &gt; MIAF-Net. « Supprimer le moteur » libère l'espace.</translation>
    </message>
    <message>
        <source>install,setup,torch,environment,dependencies,gpu,cuda</source>
        <translation>installer,configuration,torch,environnement,dépendances,gpu,cuda</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tous les fichiers</translation>
    </message>
    <message>
        <source>Python 3.10 or newer from which the environment is made. If left empty, that of QGIS is used or, if it is too old, the newest one found.</source>
        <translation>Python 3.10 ou plus récent à partir duquel l'environnement est créé. S'il est laissé vide, celui de QGIS est utilisé ou, s'il est trop ancien, le plus récent trouvé.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Calculer sur</translation>
    </message>
    <message>
        <source>Build of torch. auto: looks for an NVIDIA card and its driver. cpu: the smaller build. cuda: also checks that the engine finds a card.</source>
        <translation>Variante de torch. auto : cherche une carte NVIDIA et son pilote. cpu : la variante la plus petite. cuda : vérifie aussi que le moteur trouve une carte.</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Dossier de wheels</translation>
    </message>
    <message>
        <source>Folder with wheel files, to install without a network connection.</source>
        <translation>Dossier de fichiers wheel, pour installer sans connexion réseau.</translation>
    </message>
    <message>
        <source>Extra package index</source>
        <translation>Index de paquets supplémentaire</translation>
    </message>
    <message>
        <source>URL of the package index for another build of torch, for example for a certain CUDA version. The installation page of PyTorch lists them.</source>
        <translation>URL de l'index de paquets d'une autre variante de torch, par exemple pour une version donnée de CUDA. La page d'installation de PyTorch les énumère.</translation>
    </message>
    <message>
        <source>Python of the engine</source>
        <translation>Python du moteur</translation>
    </message>
    <message>
        <source>Device found</source>
        <translation>Appareil trouvé</translation>
    </message>
    <message>
        <source>Remove the engine</source>
        <translation>Supprimer le moteur</translation>
    </message>
    <message>
        <source>Free the disk space used by the packages of the engine</source>
        <translation>Libérer l'espace disque utilisé par les paquets du moteur</translation>
    </message>
    <message>
        <source>Removes the packages installed by 'Set up the engine', including those of older versions, and the log files of the runs. Your maps and models are kept, and so is a Python that you chose in the options. To use the engine again, run 'Set up the engine'.</source>
        <translation>Supprime les paquets installés par « Installer le moteur », y compris ceux de versions plus anciennes, et les journaux des exécutions. Vos cartes et modèles sont conservés, de même qu'un Python choisi dans les options. Pour réutiliser le moteur, exécutez « Installer le moteur ».</translation>
    </message>
    <message>
        <source>uninstall,remove,disk space,environment,logs</source>
        <translation>désinstaller,supprimer,espace disque,environnement,journaux</translation>
    </message>
    <message>
        <source>Remove the logs</source>
        <translation>Supprimer les journaux</translation>
    </message>
    <message>
        <source>Removes the log files of the runs. Other files in their folder are kept.</source>
        <translation>Supprime les journaux des exécutions. Les autres fichiers de leur dossier sont conservés.</translation>
    </message>
    <message>
        <source>Megabytes freed</source>
        <translation>Mégaoctets libérés</translation>
    </message>
    <message>
        <source>Report engine and hardware</source>
        <translation>Décrire le moteur et le matériel</translation>
    </message>
    <message>
        <source>List versions, packages and devices for a bug report</source>
        <translation>Lister versions, paquets et appareils pour un rapport d'erreur</translation>
    </message>
    <message>
        <source>Lists the versions of QGIS, Python and the engine's packages, the Python that runs the engine, and the devices it finds. Add the text to a bug report. Your home folder is shown as ~ and your user name as USER.</source>
        <translation>Énumère les versions de QGIS, de Python et des paquets du moteur, le Python qui exécute le moteur et les appareils trouvés. Joignez le texte à un rapport de bogue. Votre dossier personnel apparaît comme ~ et votre nom d'utilisateur comme USER.</translation>
    </message>
    <message>
        <source>diagnostics,version,gpu,cuda,support,bug</source>
        <translation>diagnostic,version,gpu,cuda,assistance,erreur</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>The text shown in the log, to copy into a bug report.</source>
        <translation>Le texte du journal, à copier dans un rapport de bogue.</translation>
    </message>
    <message>
        <source>Open the demo scene</source>
        <translation>Ouvrir la scène de démonstration</translation>
    </message>
    <message>
        <source>Open the Indian Pines scene with its training and test areas</source>
        <translation>Ouvrir la scène Indian Pines avec ses zones d'entraînement et de test</translation>
    </message>
    <message>
        <source>Opens the Indian Pines scene that comes with the plugin: a small hyperspectral cube, training areas and test areas. It is copied to your user folder, so you can edit it freely. Then run 'Classify from training areas' with the class field 'cover'.</source>
        <translation>Ouvre la scène Indian Pines fournie avec l'extension : un petit cube hyperspectral, des zones d'entraînement et des zones de test. Elle est copiée dans votre dossier utilisateur, vous pouvez donc la modifier librement. Exécutez ensuite « Classer à partir de zones d'entraînement » avec le champ de classe « cover ».</translation>
    </message>
    <message>
        <source>demo,example,tutorial,Indian Pines,sample data</source>
        <translation>démo,exemple,tutoriel,Indian Pines,données d'exemple</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Scène de démonstration</translation>
    </message>
    <message>
        <source>Demo scene (Indian Pines)</source>
        <translation>Scène de démonstration (Indian Pines)</translation>
    </message>
    <message>
        <source>Demo training areas</source>
        <translation>Zones d'entraînement de démonstration</translation>
    </message>
    <message>
        <source>Demo test areas</source>
        <translation>Zones de test de démonstration</translation>
    </message>
    <message>
        <source>Import a benchmark scene</source>
        <translation>Importer une scène de référence</translation>
    </message>
    <message>
        <source>Convert a scene from MATLAB or NumPy files to rasters and areas</source>
        <translation>Convertir une scène de fichiers MATLAB ou NumPy en rasters et zones</translation>
    </message>
    <message>
        <source>Scenes from the literature, such as Indian Pines, Salinas or Pavia University, are published as arrays in .mat or .npy files. This algorithm converts them to a hyperspectral cube that QGIS can open, a label raster, and areas with the text field 'class', one for each connected region of labels.

Then run 'Classify from training areas' with the cube, the areas and the class field 'class'. Whole regions are held out to measure accuracy. A class with one region is divided, which makes its accuracy too high.

Arrays have no location. Without an origin the rasters have no georeference, and QGIS draws them from 0,0 downwards in pixels. The areas match them.</source>
        <translation>Les scènes de la littérature, comme Indian Pines, Salinas ou Pavia University, sont publiées sous forme de tableaux dans des fichiers .mat ou .npy. Cet algorithme les convertit en un cube hyperspectral que QGIS peut ouvrir, un raster d'étiquettes et des zones avec le champ texte « class », une pour chaque région connexe d'étiquettes.

Exécutez ensuite « Classer à partir de zones d'entraînement » avec le cube, les zones et le champ de classe « class ». Des régions entières sont mises à part pour mesurer l'exactitude. Une classe d'une seule région est divisée, ce qui rend son exactitude trop élevée.

Les tableaux n'ont pas d'emplacement. Sans origine, les rasters n'ont pas de géoréférencement, et QGIS les dessine de 0,0 vers le bas en pixels. Les zones leur correspondent.</translation>
    </message>
    <message>
        <source>benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,ground truth,import</source>
        <translation>référence,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,vérité terrain,import</translation>
    </message>
    <message>
        <source>Array file of the cube</source>
        <translation>Fichier de tableaux du cube</translation>
    </message>
    <message>
        <source>Arrays</source>
        <translation>Tableaux</translation>
    </message>
    <message>
        <source>MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.</source>
        <translation>Fichier MATLAB (version 5 ou 7.3) ou NumPy .npy avec les spectres.</translation>
    </message>
    <message>
        <source>Array of the cube</source>
        <translation>Tableau du cube</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array with three axes is used.</source>
        <translation>Nom du tableau dans un fichier MATLAB. S'il est laissé vide, le seul tableau à trois axes est utilisé.</translation>
    </message>
    <message>
        <source>Array file of the labels</source>
        <translation>Fichier de tableaux des étiquettes</translation>
    </message>
    <message>
        <source>MATLAB or NumPy file with the class number of each pixel, 0 where it is not known. Or with abundances, one layer per class.</source>
        <translation>Fichier MATLAB ou NumPy avec le numéro de classe de chaque pixel, 0 s'il est inconnu. Ou avec des abondances, une couche par classe.</translation>
    </message>
    <message>
        <source>Array of the labels</source>
        <translation>Tableau des étiquettes</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file. If left empty, the only array that fits the cube is used. With a name but no labels file, the array is read from the cube's file.</source>
        <translation>Nom du tableau dans un fichier MATLAB. S'il est laissé vide, le seul tableau qui convient au cube est utilisé. Avec un nom mais sans fichier d'étiquettes, le tableau est lu dans le fichier du cube.</translation>
    </message>
    <message>
        <source>List of class names</source>
        <translation>Liste des noms de classes</translation>
    </message>
    <message>
        <source>Text file with one line per class: value and name, for example '10 Corn', or names only, in the order of the values.</source>
        <translation>Fichier texte avec une ligne par classe : valeur et nom, par exemple « 10 Maïs », ou seulement les noms, dans l'ordre des valeurs.</translation>
    </message>
    <message>
        <source>List of wavelengths</source>
        <translation>Liste des longueurs d'onde</translation>
    </message>
    <message>
        <source>Text or CSV file with one wavelength per line, or with the column 'wavelength' and optionally 'fwhm'. Also an AVIRIS .spc file or an .npy file. Values in nanometres or micrometres.</source>
        <translation>Fichier texte ou CSV avec une longueur d'onde par ligne, ou avec la colonne « wavelength » et au choix « fwhm ». Aussi un fichier AVIRIS .spc ou un fichier .npy. Valeurs en nanomètres ou en micromètres.</translation>
    </message>
    <message>
        <source>Bands in the list that the cube lacks</source>
        <translation>Bandes de la liste absentes du cube</translation>
    </message>
    <message>
        <source>Band numbers from 1, for example 104-108,150-163,220. Needed if the list has all bands of the sensor and noisy ones were removed from the cube.</source>
        <translation>Numéros de bande à partir de 1, par exemple 104-108,150-163,220. Nécessaire si la liste contient toutes les bandes du capteur et que les bandes bruitées ont été retirées du cube.</translation>
    </message>
    <message>
        <source>Order of the axes</source>
        <translation>Ordre des axes</translation>
    </message>
    <message>
        <source>auto: derived from the shape of the labels, otherwise rows,columns,bands.</source>
        <translation>auto : déduit de la forme des étiquettes, sinon rows,columns,bands.</translation>
    </message>
    <message>
        <source>Number of rows, if the image is a list of pixels</source>
        <translation>Nombre de lignes, si l'image est une liste de pixels</translation>
    </message>
    <message>
        <source>Needed only for a cube with two axes, pixels and bands. Otherwise 0.</source>
        <translation>Nécessaire seulement pour un cube à deux axes, pixels et bandes. Sinon 0.</translation>
    </message>
    <message>
        <source>Number of columns, if the image is a list of pixels</source>
        <translation>Nombre de colonnes, si l'image est une liste de pixels</translation>
    </message>
    <message>
        <source>As for the rows.</source>
        <translation>Comme pour les lignes.</translation>
    </message>
    <message>
        <source>Order of the pixels in the list</source>
        <translation>Ordre des pixels dans la liste</translation>
    </message>
    <message>
        <source>F: column by column, as in MATLAB. C: row by row.</source>
        <translation>F : colonne par colonne, comme dans MATLAB. C : ligne par ligne.</translation>
    </message>
    <message>
        <source>Minimum abundance of a class (%)</source>
        <translation>Abondance minimale d'une classe (%)</translation>
    </message>
    <message>
        <source>If the labels are abundances: pixels with at least this abundance belong to the class.</source>
        <translation>Si les étiquettes sont des abondances : les pixels ayant au moins cette abondance appartiennent à la classe.</translation>
    </message>
    <message>
        <source>Nodata value</source>
        <translation>Valeur nodata</translation>
    </message>
    <message>
        <source>Value of pixels without data.</source>
        <translation>Valeur des pixels sans données.</translation>
    </message>
    <message>
        <source>CRS of the origin</source>
        <translation>SCR de l'origine</translation>
    </message>
    <message>
        <source>Used only with an origin. If left empty, the rasters have no CRS.</source>
        <translation>Utilisé seulement avec une origine. S'il est laissé vide, les rasters n'ont pas de SCR.</translation>
    </message>
    <message>
        <source>Origin (upper left corner)</source>
        <translation>Origine (coin supérieur gauche)</translation>
    </message>
    <message>
        <source>x,y of the upper left corner of the image. If left empty, the rasters have no georeference.</source>
        <translation>x,y du coin supérieur gauche de l'image. Laissé vide, les rasters n'ont pas de géoréférencement.</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>Taille du pixel</translation>
    </message>
    <message>
        <source>One number, or width,height, in units of the CRS.</source>
        <translation>Un nombre, ou largeur,hauteur, en unités du SCR.</translation>
    </message>
    <message>
        <source>Cube</source>
        <translation>Cube</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>Raster d'étiquettes</translation>
    </message>
    <message>
        <source>Areas of the labels</source>
        <translation>Zones des étiquettes</translation>
    </message>
    <message>
        <source>Add class names to polygons</source>
        <translation>Ajouter les noms de classes à des polygones</translation>
    </message>
    <message>
        <source>Add the names and colours of a class map's legend to its polygons</source>
        <translation>Ajouter aux polygones d'une carte de classes les noms et couleurs de sa légende</translation>
    </message>
    <message>
        <source>Adds the fields 'class' and 'colour' to polygons made from a class map, for example with 'Polygonise'. They hold the name and colour of the polygon's value in the legend of the map. Polygons whose value is not in the legend get empty fields. The layer is shown in the colours of the map.</source>
        <translation>Ajoute les champs « class » et « colour » à des polygones créés à partir d'une carte de classes, par exemple avec « Polygoniser ». Ils contiennent le nom et la couleur que la valeur du polygone a dans la légende de la carte. Les polygones dont la valeur n'est pas dans la légende reçoivent des champs vides. La couche est affichée avec les couleurs de la carte.</translation>
    </message>
    <message>
        <source>polygonise,vectorise,legend,classification,land cover</source>
        <translation>polygoniser,vectoriser,légende,classification,occupation du sol</translation>
    </message>
    <message>
        <source>Polygons of a class map</source>
        <translation>Polygones d'une carte des classes</translation>
    </message>
    <message>
        <source>Polygons with a field of class values.</source>
        <translation>Polygones avec un champ de valeurs de classe.</translation>
    </message>
    <message>
        <source>Field of class values</source>
        <translation>Champ des valeurs de classe</translation>
    </message>
    <message>
        <source>GDAL's 'Polygonise' calls it DN.</source>
        <translation>« Polygoniser » de GDAL l'appelle DN.</translation>
    </message>
    <message>
        <source>Map from which the polygons were made. Its legend is used.</source>
        <translation>Carte à partir de laquelle les polygones ont été créés. Sa légende est utilisée.</translation>
    </message>
    <message>
        <source>Polygons with class names</source>
        <translation>Polygones avec noms de classes</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,model,workflow</source>
        <translation>hyperspectral,classification,occupation du sol,apprentissage profond,modèle,chaîne</translation>
    </message>
    <message>
        <source>Text or number that names the class.</source>
        <translation>Texte ou nombre qui nomme la classe.</translation>
    </message>
    <message>
        <source>Passes over the training areas; 150 suits most scenes.</source>
        <translation>Passages sur les zones d'entraînement ; 150 convient à la plupart des scènes.</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:N or mps.</source>
        <translation>auto, cpu, cuda:N ou mps.</translation>
    </message>
    <message>
        <source>Smallest patch (pixels)</source>
        <translation>Plus petite tache (pixels)</translation>
    </message>
    <message>
        <source>Smaller patches take the class of their largest neighbour; 1 keeps all.</source>
        <translation>Les taches plus petites prennent la classe de leur plus grande voisine ; 1 les garde toutes.</translation>
    </message>
    <message>
        <source>Land-cover polygons</source>
        <translation>Polygones d'occupation du sol</translation>
    </message>
    <message>
        <source>Cubes to classify</source>
        <translation>Cubes à classer</translation>
    </message>
    <message>
        <source>Cubes of the same sensor, the first one among them if it is to be mapped too.</source>
        <translation>Cubes du même capteur, y compris le premier s'il doit aussi être cartographié.</translation>
    </message>
    <message>
        <source>Areas of known cover that the model has not seen.</source>
        <translation>Zones d'occupation connue que le modèle n'a pas vues.</translation>
    </message>
    <message>
        <source>Field with the names of the classes, as in the training.</source>
        <translation>Champ des noms des classes, comme à l'entraînement.</translation>
    </message>
    <message>
        <source>Of the 95 % interval, as a fraction: 0.05 for 5 percentage points.</source>
        <translation>De l'intervalle à 95 %, en fraction : 0.05 pour 5 points de pourcentage.</translation>
    </message>
    <message>
        <source>Olofsson et al. (2014) advise 50 to 100.</source>
        <translation>Olofsson et al. (2014) conseillent 50 à 100.</translation>
    </message>
    <message>
        <source>Python that runs the engine (empty: found automatically)</source>
        <translation>Python qui exécute le moteur (vide : trouvé automatiquement)</translation>
    </message>
    <message>
        <source>Device used for auto</source>
        <translation>Appareil pour auto</translation>
    </message>
    <message>
        <source>Memory budget (MiB) used for 0 (0: automatic)</source>
        <translation>Budget de mémoire (Mio) pour 0 (0 : automatique)</translation>
    </message>
    <message>
        <source>Threads of the engine (0: automatic)</source>
        <translation>Fils d'exécution du moteur (0 : automatique)</translation>
    </message>
    <message>
        <source>Folder for log files (empty: user folder)</source>
        <translation>Dossier des journaux (vide : dossier de l'utilisateur)</translation>
    </message>
    <message>
        <source>The run is not finished. Stop it?</source>
        <translation>L'exécution n'est pas terminée. L'arrêter ?</translation>
    </message>
    <message>
        <source>If not, it continues in the background and is shown in the list of tasks at the bottom of the QGIS window. A training that is stopped continues where it was when you run it again.</source>
        <translation>Sinon, elle se poursuit en arrière-plan et figure dans la liste des tâches au bas de la fenêtre de QGIS. Un entraînement arrêté reprend où il en était quand vous le relancez.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>Continuer en arrière-plan</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>Le moteur est prêt.</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>Spectres</translation>
    </message>
    <message>
        <source>Training curve</source>
        <translation>Courbe d'entraînement</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>MIAF-Net needs its engine: 1.5 GB or more, a few minutes.</source>
        <translation>MIAF-Net requiert son moteur : dès 1.5 Go, quelques minutes.</translation>
    </message>
    <message>
        <source>Open a copy in the model designer…</source>
        <translation>Ouvrir une copie dans le modeleur…</translation>
    </message>
    <message>
        <source>The project is not saved yet. Its areas are in a folder of your profile. Save the project to keep them beside it.</source>
        <translation>Le projet n'est pas encore enregistré. Ses zones sont dans un dossier de votre profil. Enregistrez le projet pour les avoir à côté de lui.</translation>
    </message>
    <message>
        <source>The areas are saved in {name}.</source>
        <translation>Les zones sont enregistrées dans {name}.</translation>
    </message>
    <message>
        <source>The training areas cannot be read from '{path}'. Put the file back and open the project again, or remove the layer '{name}' from the project to draw new areas.</source>
        <translation>Les zones d'entraînement ne peuvent pas être lues dans « {path} ». Remettez le fichier à sa place et rouvrez le projet, ou retirez la couche « {name} » du projet pour dessiner de nouvelles zones.</translation>
    </message>
    <message>
        <source>Areas cannot be stored in the layer '{name}': it is read-only, or its class field '{field}' is not a text field of its file. Choose another layer with the button beside the colours.</source>
        <translation>Des zones ne peuvent pas être enregistrées dans la couche « {name} » : elle est en lecture seule, ou son champ de classe « {field} » n'est pas un champ de texte de son fichier. Choisissez une autre couche avec le bouton à côté des couleurs.</translation>
    </message>
    <message>
        <source>The class field '{field}' of layer '{layer}' holds {count} characters at most, so that it cannot store '{name}'. Choose a shorter name, or another layer with the button beside the colours.</source>
        <translation>Le champ de classe « {field} » de la couche « {layer} » contient au plus {count} caractères et ne peut donc pas enregistrer « {name} ». Choisissez un nom plus court, ou une autre couche avec le bouton à côté des couleurs.</translation>
    </message>
    <message>
        <source>The training areas cannot be stored in '{path}': {reason}</source>
        <translation>Les zones d'entraînement ne peuvent pas être enregistrées dans « {path} » : {reason}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Classe</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Zones</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixels</translation>
    </message>
    <message>
        <source>ha</source>
        <translation>ha</translation>
    </message>
    <message>
        <source>Double-click to rename; right-click for colour and removal.</source>
        <translation>Double-cliquez pour renommer ; clic droit pour la couleur et la suppression.</translation>
    </message>
    <message>
        <source>Number of training areas</source>
        <translation>Nombre de zones d'entraînement</translation>
    </message>
    <message>
        <source>Pixels of the cube in the training areas</source>
        <translation>Pixels du cube dans les zones d'entraînement</translation>
    </message>
    <message>
        <source>Hectares of the class in the last map</source>
        <translation>Hectares de la classe dans la dernière carte</translation>
    </message>
    <message>
        <source>Producer's accuracy: share of this class in the training areas that the map finds, measured on areas held out in turn</source>
        <translation>Exactitude du producteur : part de cette classe dans les zones d'entraînement que la carte retrouve, mesurée sur des zones mises de côté à tour de rôle</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>Changer la couleur…</translation>
    </message>
    <message>
        <source>Remove class and its areas</source>
        <translation>Supprimer la classe et ses zones</translation>
    </message>
    <message>
        <source>There is already a class '{name}'.</source>
        <translation>Il y a déjà une classe « {name} ».</translation>
    </message>
    <message>
        <source>MIAF-Net panel</source>
        <translation>Panneau MIAF-Net</translation>
    </message>
    <message>
        <source>Draw training areas and map a hyperspectral cube</source>
        <translation>Dessiner des zones d'entraînement et cartographier un cube hyperspectral</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because no area could be held out of the training. Draw several areas of each class, each of several pixels.</source>
        <translation>L’exactitude de cette carte n’a pas été mesurée, car aucune zone n’a pu être mise de côté lors de l’entraînement. Dessinez plusieurs zones de chaque classe, chacune de plusieurs pixels.</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured, because the model from which it continues was trained on all areas. Train from the beginning to measure it.</source>
        <translation>L'exactitude de cette carte n'a pas été mesurée, car le modèle dont elle part a été entraîné sur toutes les zones. Entraînez depuis le début pour la mesurer.</translation>
    </message>
    <message>
        <source>{share} % of the map is unlike all training areas.</source>
        <translation>{share} % de la carte ne ressemblent à aucune zone d'entraînement.</translation>
    </message>
    <message>
        <source>Draw areas</source>
        <translation>Tracer des zones</translation>
    </message>
    <message>
        <source>Draw areas of the current class: click the corners and finish with a right click, or hold the button and draw around the area.</source>
        <translation>Dessiner des zones de la classe courante : cliquez les sommets et terminez par un clic droit, ou gardez le bouton enfoncé et entourez la zone.</translation>
    </message>
    <message>
        <source>Click superpixels</source>
        <translation>Cliquer des superpixels</translation>
    </message>
    <message>
        <source>Assign the current class to superpixels: click one, or hold the button and brush over several. Click again to remove the class. The keys 1 to 9 choose a class.</source>
        <translation>Attribuer la classe courante aux superpixels : cliquez-en un, ou gardez le bouton enfoncé et passez sur plusieurs. Cliquez à nouveau pour retirer la classe. Les touches 1 à 9 choisissent une classe.</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Nouvelle classe</translation>
    </message>
    <message>
        <source>Use areas of another layer</source>
        <translation>Utiliser les zones d'une autre couche</translation>
    </message>
    <message>
        <source>The cube is divided into superpixels. Click those that you know.</source>
        <translation>Le cube est divisé en superpixels. Cliquez sur ceux que vous connaissez.</translation>
    </message>
    <message>
        <source>Open a hyperspectral cube, or the demo scene from the menu.</source>
        <translation>Ouvrez un cube hyperspectral, ou la scène de démonstration depuis le menu.</translation>
    </message>
    <message>
        <source>Add a class, then draw areas where you know the cover.</source>
        <translation>Ajoutez une classe, puis dessinez des zones dont vous connaissez l'occupation.</translation>
    </message>
    <message>
        <source>Draw areas of at least two classes, several of each.</source>
        <translation>Dessinez des zones d'au moins deux classes, plusieurs de chacune.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Wait until the run has ended, then make the superpixels.</source>
        <translation>Attendez la fin de l'exécution, puis créez les superpixels.</translation>
    </message>
    <message>
        <source>The area is outside the cube and was not added.</source>
        <translation>La zone est hors du cube et n'a pas été ajoutée.</translation>
    </message>
    <message>
        <source>Update map</source>
        <translation>Mettre à jour la carte</translation>
    </message>
    <message>
        <source>Suggest where to draw next</source>
        <translation>Proposer d'autres zones</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Continue from the last model</source>
        <translation>Continuer à partir du dernier modèle</translation>
    </message>
    <message>
        <source>Takes a fraction of the time. The accuracy is not measured, because the model was trained on all areas.</source>
        <translation>Prend une fraction du temps. L'exactitude n'est pas mesurée, car le modèle a été entraîné sur toutes les zones.</translation>
    </message>
    <message>
        <source>Quick look: {n} epochs</source>
        <translation>Aperçu rapide : {n} époques</translation>
    </message>
    <message>
        <source>Standard: {n} epochs</source>
        <translation>Standard : {n} époques</translation>
    </message>
    <message>
        <source>Best: {n} epochs</source>
        <translation>Meilleur : {n} époques</translation>
    </message>
    <message>
        <source>Open the dialog with these values…</source>
        <translation>Ouvrir la boîte de dialogue avec ces valeurs…</translation>
    </message>
    <message>
        <source>Copy the last run</source>
        <translation>Copier la dernière exécution</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Démarrage…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Annulation…</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Copier comme commande</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>Copier comme Python</translation>
    </message>
    <message>
        <source>Suggested areas: {count}. The first one is in view. Draw there if you know the cover.</source>
        <translation>Zones proposées : {count}. La première est affichée. Dessinez-y si vous connaissez l'occupation.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message>
        <source>The run failed: {reason}</source>
        <translation>L'exécution a échoué : {reason}</translation>
    </message>
    <message>
        <source>There is no algorithm '{name}'. Is the plugin Processing enabled?</source>
        <translation>Il n'y a pas d'algorithme « {name} ». L'extension Traitement (Processing) est-elle activée ?</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Secondes</translation>
    </message>
    <message>
        <source>Its accuracy was not measured: no pixels were held out.</source>
        <translation>Son exactitude n'a pas été mesurée : aucun pixel n'a été mis à part.</translation>
    </message>
    <message>
        <source>Its accuracy was not measured.</source>
        <translation>Son exactitude n'a pas été mesurée.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right.</source>
        <translation>Environ {share} % de la carte devrait être juste.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right (95 % interval {low} to {high} %).</source>
        <translation>Environ {share} % de la carte devrait être juste (intervalle à 95 % : {low} à {high} %).</translation>
    </message>
    <message>
        <source>The accuracy of the map was not measured.</source>
        <translation>L'exactitude de la carte n'a pas été mesurée.</translation>
    </message>
    <message>
        <source>Land cover of {cube}, classified by MIAF-Net.</source>
        <translation>Occupation du sol de {cube}, classée avec MIAF-Net.</translation>
    </message>
    <message>
        <source>Overall accuracy {value} %. {definition}</source>
        <translation>Exactitude globale {value} %. {definition}</translation>
    </message>
    <message>
        <source>The model's accuracy on its training scene {scene}: {accuracy}</source>
        <translation>Exactitude du modèle sur sa scène d'entraînement {scene} : {accuracy}</translation>
    </message>
    <message>
        <source>Trained on {areas} and classified {cube}</source>
        <translation>Entraîné sur {areas} et classé {cube}</translation>
    </message>
    <message>
        <source>Classified {cube}</source>
        <translation>Classé {cube}</translation>
    </message>
    <message>
        <source>Model file: {name}</source>
        <translation>Fichier du modèle : {name}</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} %</source>
        <translation>Précision attendue : {share} %</translation>
    </message>
    <message>
        <source>Expected accuracy: {share} % ({low} to {high} %)</source>
        <translation>Précision attendue : {share} % ({low} à {high} %)</translation>
    </message>
    <message>
        <source>Expected accuracy: not measured</source>
        <translation>Précision attendue : non mesurée</translation>
    </message>
    <message>
        <source>{text}, often too high</source>
        <translation>{text}, souvent trop élevée</translation>
    </message>
    <message>
        <source>Swipe map</source>
        <translation>Balayer la carte</translation>
    </message>
    <message>
        <source>Suggest areas</source>
        <translation>Proposer des zones</translation>
    </message>
    <message>
        <source>Compare a map with what lies below it: drag the line. A right click turns it.</source>
        <translation>Comparer une carte avec ce qui se trouve dessous : faites glisser la ligne. Un clic droit la tourne.</translation>
    </message>
    <message>
        <source>Choose a raster that lies above another layer first.</source>
        <translation>Choisissez d’abord un raster situé au-dessus d’une autre couche.</translation>
    </message>
    <message>
        <source>Use as training areas</source>
        <translation>Utiliser comme zones d'entraînement</translation>
    </message>
    <message>
        <source>No editable polygon layer with its classes in a text field</source>
        <translation>Aucune couche de polygones modifiable avec ses classes dans un champ de texte</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spectre</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>Changer la couleur</translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>Renommer la classe</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Supprimer la classe</translation>
    </message>
    <message>
        <source>Add areas</source>
        <translation>Ajouter des zones</translation>
    </message>
    <message>
        <source>Remove areas</source>
        <translation>Supprimer des zones</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Changer la classe</translation>
    </message>
    <message>
        <source>Change areas</source>
        <translation>Modifier des zones</translation>
    </message>
    <message>
        <source>Device from the options: {name}</source>
        <translation>Appareil des options : {name}</translation>
    </message>
    <message>
        <source>Memory budget from the options: {n} MiB</source>
        <translation>Budget de mémoire des options : {n} Mio</translation>
    </message>
    <message>
        <source>The extent '{value}' cannot be read. Write it as xmin,xmax,ymin,ymax [CRS].</source>
        <translation>L'emprise « {value} » est illisible. Écrivez xmin,xmax,ymin,ymax [SCR].</translation>
    </message>
    <message>
        <source>No cube was classified. See the messages above.</source>
        <translation>Aucun cube n'a été classé. Voir les messages ci-dessus.</translation>
    </message>
    <message>
        <source>'{name}' was not classified: {reason}</source>
        <translation>« {name} » n'a pas été classé : {reason}</translation>
    </message>
    <message>
        <source>The engine returned results for {found} of {count} cubes. Run 'Set up the engine' again, and then repeat this run.</source>
        <translation>Le moteur a rendu des résultats pour {found} cubes sur {count}. Exécutez de nouveau « Installer le moteur », puis relancez cette exécution.</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be made: {reason}. Choose another one.</source>
        <translation>Impossible de créer le dossier « {folder} » : {reason}. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Changes (miaf)</source>
        <translation>Changements (miaf)</translation>
    </message>
    <message>
        <source>'Map before' and 'Map after' are the same file. Choose another one.</source>
        <translation>« Carte avant » et « Carte après » sont le même fichier. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The demo file '{path}' is missing. Install the plugin again.</source>
        <translation>Le fichier de démonstration « {path} » manque. Réinstallez l'extension.</translation>
    </message>
    <message>
        <source>The demo scene cannot be copied to {folder}: {reason}.</source>
        <translation>La scène de démonstration ne peut pas être copiée dans {folder} : {reason}.</translation>
    </message>
    <message>
        <source>Reference sample (miaf)</source>
        <translation>Échantillon de référence (miaf)</translation>
    </message>
    <message>
        <source>The expected accuracy '{text}' is neither a number nor a list of numbers. Write for example 0.8, or 0.7,0.9,0.85.</source>
        <translation>L'exactitude attendue « {text} » n'est ni un nombre ni une liste de nombres. Écrivez par exemple 0.8, ou 0.7,0.9,0.85.</translation>
    </message>
    <message>
        <source>{scene}, labels</source>
        <translation>{scene}, étiquettes</translation>
    </message>
    <message>
        <source>{scene}, areas</source>
        <translation>{scene}, zones</translation>
    </message>
    <message>
        <source>There is no file '{path}'. Check '{title}'.</source>
        <translation>Il n'y a pas de fichier « {path} ». Vérifiez « {title} ».</translation>
    </message>
    <message>
        <source>The pixel size '{text}' is neither one number nor two. Write for example 30, or 30,20.</source>
        <translation>La taille de pixel « {text} » n'est ni un nombre ni deux. Écrivez par exemple 30, ou 30,20.</translation>
    </message>
    <message>
        <source>Feature {number} of layer '{name}' cannot be written to '{path}' ({reason}). Choose another output, for example a new GeoPackage.</source>
        <translation>L'entité {number} de la couche « {name} » ne peut pas être écrite dans « {path} » ({reason}). Choisissez une autre sortie, par exemple un nouveau GeoPackage.</translation>
    </message>
    <message>
        <source>Raster '{name}' has no legend of classes. Choose a class map, for example from 'Classify with a model'.</source>
        <translation>Le raster « {name} » n'a pas de légende de classes. Choisissez une carte de classes, par exemple de « Classer avec un modèle ».</translation>
    </message>
    <message>
        <source>{n} MB were freed.</source>
        <translation>{n} Mo ont été libérés.</translation>
    </message>
    <message>
        <source>Starting the engine for the first time</source>
        <translation>Premier démarrage du moteur</translation>
    </message>
    <message>
        <source>There is an NVIDIA card, but the engine computes on the CPU. Update the driver, or run this again with 'Compute on' set to cuda.</source>
        <translation>Il y a une carte NVIDIA, mais le moteur calcule sur le processeur. Mettez le pilote à jour, ou relancez avec « Calculer sur » réglé sur cuda.</translation>
    </message>
    <message>
        <source>The engine is ready: {python}</source>
        <translation>Le moteur est prêt : {python}</translation>
    </message>
    <message>
        <source>NVIDIA card: {card}; build of torch: {build}</source>
        <translation>Carte NVIDIA : {card} ; variante de torch : {build}</translation>
    </message>
    <message>
        <source>The environment lacks {names}. Run this again.</source>
        <translation>Il manque {names} à l'environnement. Relancez ceci.</translation>
    </message>
    <message>
        <source>The engine works but finds no NVIDIA card, only '{device}'. Update the driver, enter the index of a CUDA build as 'Extra package index', or run this again with 'Compute on' set to auto.</source>
        <translation>Le moteur fonctionne mais ne trouve pas de carte NVIDIA, seulement « {device} ». Mettez le pilote à jour, donnez l'index d'une variante CUDA comme « Index de paquets supplémentaire », ou relancez avec « Calculer sur » réglé sur auto.</translation>
    </message>
    <message>
        <source>Python {version}: {python}</source>
        <translation>Python {version} : {python}</translation>
    </message>
    <message>
        <source>none with a driver</source>
        <translation>aucune avec pilote</translation>
    </message>
    <message>
        <source>The environment cannot be written: {reason}.</source>
        <translation>L'environnement ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
        <source>Suggested areas (miaf)</source>
        <translation>Zones proposées (miaf)</translation>
    </message>
    <message>
        <source>Superpixels (miaf)</source>
        <translation>Superpixels (miaf)</translation>
    </message>
    <message>
        <source>Show cube '{name}' as:</source>
        <translation>Afficher le cube « {name} » en :</translation>
    </message>
    <message>
        <source>Show cube as</source>
        <translation>Afficher le cube en</translation>
    </message>
    <message>
        <source>Select a hyperspectral cube in the layer tree first.</source>
        <translation>Sélectionnez d'abord un cube hyperspectral dans l'arbre des couches.</translation>
    </message>
    <message>
        <source>Validation accuracy {value}, best {best}.</source>
        <translation>Exactitude de validation {value}, la meilleure {best}.</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>Aucun entraînement n'est en cours.</translation>
    </message>
    <message>
        <source>Before the first epoch the cube is read.</source>
        <translation>Avant la première époque, le cube est lu.</translation>
    </message>
    <message>
        <source>A coarse map by the training as it is now</source>
        <translation>Une carte grossière selon l'état actuel de l'entraînement</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have.</source>
        <translation>Le graphique nécessite le paquet Python matplotlib, que ce QGIS n'a pas.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Époque</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Perte</translation>
    </message>
    <message>
        <source>Epoch {n} of {count}, loss {loss}.</source>
        <translation>Époque {n} sur {count}, perte {loss}.</translation>
    </message>
    <message>
        <source>Validation accuracy (%)</source>
        <translation>Exactitude de validation (%)</translation>
    </message>
    <message>
        <source>The change could not be written to the layer '{name}': {reason}. Check that its file is not read-only or open in another program, and that the disk is not full. Then try again.</source>
        <translation>La modification n'a pas pu être écrite dans la couche « {name} » : {reason}. Vérifiez que son fichier n'est ni en lecture seule ni ouvert dans un autre programme, et que le disque n'est pas plein. Réessayez ensuite.</translation>
    </message>
    <message>
        <source>no reason was given</source>
        <translation>aucune raison n'a été donnée</translation>
    </message>
    <message>
        <source>The engine's answer cannot be used: '{key}' is {value}. The engine may be of another release than the plugin. Run 'Set up the engine' again.</source>
        <translation>La réponse du moteur est inutilisable : « {key} » vaut {value}. Le moteur est peut-être d'une autre version que l'extension. Exécutez de nouveau « Installer le moteur ».</translation>
    </message>
    <message>
        <source>The engine wrote '{path}', but the file is missing. It may have been moved or deleted, or its drive may be disconnected. Run it again.</source>
        <translation>Le moteur a écrit « {path} », mais le fichier manque. Il a peut-être été déplacé ou supprimé, ou son lecteur est déconnecté. Relancez l'exécution.</translation>
    </message>
    <message>
        <source>Installing packages, which takes several minutes the first time</source>
        <translation>Installation des paquets, qui prend plusieurs minutes la première fois</translation>
    </message>
    <message>
        <source>The packages cannot be installed. Check the network connection, the proxy of QGIS and the free disk space, or choose a 'Folder of wheels'. Packages that are already installed are kept.</source>
        <translation>Les paquets ne peuvent pas être installés. Vérifiez la connexion réseau, le proxy de QGIS et l'espace disque libre, ou choisissez un « Dossier de wheels ». Les paquets déjà installés sont conservés.</translation>
    </message>
    <message>
        <source>uv cannot be installed.</source>
        <translation>uv ne peut pas être installé.</translation>
    </message>
    <message>
        <source>{python} cannot make a virtual environment. On Debian and Ubuntu, install the package python3-venv. On other systems, choose a Python 3.10 or newer from python.org or conda as 'Python'.</source>
        <translation>{python} ne peut pas créer d'environnement virtuel. Sous Debian et Ubuntu, installez le paquet python3-venv. Sur d'autres systèmes, choisissez comme « Python » un Python 3.10 ou plus récent de python.org ou de conda.</translation>
    </message>
    <message>
        <source>uv cannot install the packages.</source>
        <translation>uv ne peut pas installer les paquets.</translation>
    </message>
    <message>
        <source>Making the environment in {folder}</source>
        <translation>Création de l'environnement dans {folder}</translation>
    </message>
    <message>
        <source>Trying again with pip from {python}</source>
        <translation>Nouvel essai avec pip de {python}</translation>
    </message>
    <message>
        <source>The {build} build of torch is not available ({reason}). The standard build is installed instead. It is larger on Linux and has no CUDA on Windows.</source>
        <translation>La variante {build} de torch n'est pas disponible ({reason}). La variante standard est installée à la place. Elle est plus grande sous Linux et n'a pas CUDA sous Windows.</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>encore quelques secondes</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n} of '{stage}'.</source>
        <translation>Annulé. Relancez pour continuer à l'époque {n} de « {stage} ».</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation>encore environ {n} h</translation>
    </message>
    <message>
        <source>The engine responds again after {seconds} seconds.</source>
        <translation>Le moteur répond de nouveau après {seconds} secondes.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue where it stopped.</source>
        <translation>Annulé. Relancez pour continuer là où il s'est arrêté.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n}.</source>
        <translation>Annulé. Relancez pour continuer à l'époque {n}.</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>encore environ {n} s</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>encore environ {n} min</translation>
    </message>
    <message>
        <source>The engine has not responded for {seconds} seconds. It may hang, or the computer may be short of memory. You can keep waiting, or cancel.</source>
        <translation>Le moteur n'a pas répondu depuis {seconds} secondes. Il est peut-être bloqué, ou l'ordinateur manque de mémoire. Vous pouvez attendre encore ou annuler.</translation>
    </message>
    <message>
        <source>The engine has hardly computed for {seconds} seconds. It may be waiting for a network drive or a graphics card. You can keep waiting, or cancel.</source>
        <translation>Le moteur n'a guère calculé depuis {seconds} secondes. Il attend peut-être un lecteur réseau ou une carte graphique. Vous pouvez attendre encore ou annuler.</translation>
    </message>
    <message>
        <source>Installing the packages: {written} MB written</source>
        <translation>Installation des paquets : {written} Mo écrits</translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {size} MB</source>
        <translation>Téléchargement de {name} : {done} sur {size} Mo</translation>
    </message>
    <message>
        <source>setting of the MIAF-Net provider</source>
        <translation>réglage du fournisseur MIAF-Net</translation>
    </message>
    <message>
        <source>environment of the engine</source>
        <translation>environnement du moteur</translation>
    </message>
    <message>
        <source>Python of QGIS</source>
        <translation>Python de QGIS</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>ce fichier n'existe pas</translation>
    </message>
    <message>
        <source>The engine cannot use {python} ({origin}): {reason}. Correct the setting, or run the algorithm 'Set up the engine' (miaf:setupengine).</source>
        <translation>Le moteur ne peut pas utiliser {python} ({origin}) : {reason}. Corrigez le réglage, ou exécutez l'algorithme « Installer le moteur » (miaf:setupengine).</translation>
    </message>
    <message>
        <source>The engine is not installed. Run the algorithm 'Set up the engine' (miaf:setupengine) once. Or choose a Python that has the packages, in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net or in the environment variable {variable}.</source>
        <translation>Le moteur n'est pas installé. Exécutez une fois l'algorithme « Installer le moteur » (miaf:setupengine). Ou choisissez un Python qui a les paquets, dans Préférences &gt; Options &gt; Traitement &gt; Fournisseurs &gt; MIAF-Net ou dans la variable d'environnement {variable}.</translation>
    </message>
    <message>
        <source>it is Python {found}, but 3.10 or newer is needed</source>
        <translation>c'est Python {found}, mais il faut 3.10 ou plus récent</translation>
    </message>
    <message>
        <source>it lacks {names}</source>
        <translation>il lui manque {names}</translation>
    </message>
    <message>
        <source>environment variable {name}</source>
        <translation>variable d'environnement {name}</translation>
    </message>
    <message>
        <source>it does not work ({reason})</source>
        <translation>il ne fonctionne pas ({reason})</translation>
    </message>
    <message>
        <source>Each cube is now tried on its own.</source>
        <translation>Chaque cube est maintenant essayé séparément.</translation>
    </message>
    <message>
        <source>The engine closed its output but did not end. It was stopped.</source>
        <translation>Le moteur a fermé sa sortie mais ne s'est pas terminé. Il a été arrêté.</translation>
    </message>
    <message>
        <source>it gave no message</source>
        <translation>il n'a donné aucun message</translation>
    </message>
    <message>
        <source>The engine cannot be started with {python}: {reason}. Choose another Python in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net, or run 'Set up the engine' again.</source>
        <translation>Le moteur ne peut pas être démarré avec {python} : {reason}. Choisissez un autre Python dans Préférences &gt; Options &gt; Traitement &gt; Fournisseurs &gt; MIAF-Net, ou exécutez de nouveau « Installer le moteur ».</translation>
    </message>
    <message>
        <source>The engine ended without a result ({how}): {words}.</source>
        <translation>Le moteur s'est terminé sans résultat ({how}) : {words}.</translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation>Le moteur n'a donné aucune raison.</translation>
    </message>
    <message>
        <source>The engine was ended by the system ({how}), probably because memory ran short. Lower 'Memory budget (MiB)', 'Width of the network (features)' or the extent, or close other programs.</source>
        <translation>Le système a mis fin au moteur ({how}), probablement par manque de mémoire. Réduisez « Budget de mémoire (Mio) », « Largeur du réseau (caractéristiques) » ou l'emprise, ou fermez d'autres programmes.</translation>
    </message>
    <message>
        <source>The engine crashed ({how}). Set 'Device' to cpu, or run 'Report engine and hardware' and add its text to a bug report.</source>
        <translation>Le moteur a planté ({how}). Réglez « Appareil » sur cpu, ou exécutez « Décrire le moteur et le matériel » et joignez son texte à un rapport de bogue.</translation>
    </message>
    <message>
        <source>The log file is {path}.</source>
        <translation>Le fichier journal est {path}.</translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation>code {n}</translation>
    </message>
    <message>
        <source>signal {n} {name}</source>
        <translation>signal {n} {name}</translation>
    </message>
    <message>
        <source> QGIS runs in a Flatpak and sees only the files shared with it.</source>
        <translation> QGIS tourne dans un Flatpak et ne voit que les fichiers partagés avec lui.</translation>
    </message>
    <message>
        <source>'{python}' is Python {found}, but the engine needs 3.10 or newer. Install one from python.org and choose it as 'Python'.</source>
        <translation>« {python} » est Python {found}, mais le moteur a besoin de 3.10 ou plus récent. Installez-en un de python.org et choisissez-le comme « Python ».</translation>
    </message>
    <message>
        <source>There is no Python '{python}'. Choose the file of a Python 3.10 or newer.</source>
        <translation>Il n'y a pas de Python « {python} ». Choisissez le fichier d'un Python 3.10 ou plus récent.</translation>
    </message>
    <message>
        <source>'{python}' does not work as a Python: {reason}.</source>
        <translation>« {python} » ne fonctionne pas comme Python : {reason}.</translation>
    </message>
    <message>
        <source>Removing {folder}</source>
        <translation>Suppression de {folder}</translation>
    </message>
    <message>
        <source>'{folder}' cannot be removed: {reason}. Wait until all runs of the engine have ended, and try again.</source>
        <translation>« {folder} » ne peut pas être supprimé : {reason}. Attendez la fin de toutes les exécutions du moteur et réessayez.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation>aucun SCR</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' ({wanted}). Check both coordinate reference systems.</source>
        <translation>La couche « {areas} » ({own}) ne peut pas être transformée vers le raster « {cube} » ({wanted}). Vérifiez les deux systèmes de coordonnées de référence.</translation>
    </message>
    <message>
        <source>Which field of layer '{name}' has the classes is not clear. Choose the class field (fields: {names}).</source>
        <translation>Le champ de la couche « {name} » qui contient les classes n'est pas clair. Choisissez le champ de classe (champs : {names}).</translation>
    </message>
    <message>
        <source>Layer '{name}' has no field '{field}'. Choose the class field (fields: {names}).</source>
        <translation>La couche « {name} » n'a pas de champ « {field} ». Choisissez le champ de classe (champs : {names}).</translation>
    </message>
    <message>
        <source>Layer '{name}' holds suggested areas. Its field '{field}' has predictions, not the classes that you have set. Choose the field in which you set them.</source>
        <translation>La couche « {name} » contient des zones suggérées. Son champ « {field} » contient des prédictions, et non les classes que vous avez saisies. Choisissez le champ où vous les avez saisies.</translation>
    </message>
    <message>
        <source>Layer '{name}' is a reference sample. Its field '{field}' was filled in when the points were drawn and does not hold the cover that you have looked up. Choose the field in which you set it.</source>
        <translation>La couche « {name} » est un échantillon de référence. Son champ « {field} » a été rempli au tirage des points et ne contient pas l'occupation du sol que vous avez relevée. Choisissez le champ dans lequel vous l'avez saisie.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some, clear its filter, or select some if only selected features are used.</source>
        <translation>La couche « {name} » n'a pas d'entités utilisables. Dessinez-en, effacez son filtre, ou sélectionnez-en si seules les entités sélectionnées sont utilisées.</translation>
    </message>
    <message>
        <source>Layer '{areas}' has no coordinate reference system, but raster '{cube}' has {wanted}. Set that of the layer.</source>
        <translation>La couche « {areas} » n'a pas de système de coordonnées de référence, mais le raster « {cube} » a {wanted}. Définissez celui de la couche.</translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}). The layer lies at {there} and the raster at {here}. Check both coordinate reference systems, or choose other areas.</source>
        <translation>La couche « {areas} » ({own}) ne recouvre pas le raster « {cube} » ({wanted}). La couche est en {there} et le raster en {here}. Vérifiez les deux systèmes de coordonnées de référence, ou choisissez d'autres zones.</translation>
    </message>
    <message>
        <source>Layer '{name}' has only one class ('{key}'), but at least 2 are needed. Draw areas of another class, or choose another field.</source>
        <translation>La couche « {name} » n'a qu'une classe (« {key} »), mais il en faut au moins 2. Dessinez des zones d'une autre classe, ou choisissez un autre champ.</translation>
    </message>
    <message>
        <source>Raster '{raster}' has no coordinate reference system. The coordinates of layer '{areas}' ({own}) are taken as those of the raster.</source>
        <translation>Le raster « {raster} » n'a pas de système de coordonnées de référence. Les coordonnées de la couche « {areas} » ({own}) sont prises pour celles du raster.</translation>
    </message>
    <message>
        <source>Layer '{name}' cannot be copied for the engine: {reason}.</source>
        <translation>La couche « {name} » ne peut pas être copiée pour le moteur : {reason}.</translation>
    </message>
    <message>
        <source>Layer '{name}' is not styled by the values of '{field}' alone. The colours of its classes are chosen automatically.</source>
        <translation>La couche « {name} » n'est pas symbolisée uniquement par les valeurs de « {field} ». Les couleurs de ses classes sont choisies automatiquement.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use. Draw some.</source>
        <translation>La couche « {name} » n'a pas d'entités utilisables. Dessinez-en.</translation>
    </message>
    <message>
        <source>No feature of layer '{name}' has a geometry. Draw areas, or choose another layer.</source>
        <translation>Aucune entité de la couche « {name} » n'a de géométrie. Dessinez des zones ou choisissez une autre couche.</translation>
    </message>
    <message>
        <source>Field '{field}' of layer '{name}' is empty in all features. Enter the classes, or choose another field.</source>
        <translation>Le champ « {field} » de la couche « {name} » est vide dans toutes les entités. Saisissez les classes ou choisissez un autre champ.</translation>
    </message>
    <message>
        <source>Natural colour</source>
        <translation>Couleurs naturelles</translation>
    </message>
    <message>
        <source>Infrared</source>
        <translation>Infrarouge</translation>
    </message>
    <message>
        <source>Short-wave infrared</source>
        <translation>Infrarouge à ondes courtes</translation>
    </message>
    <message>
        <source>Cube '{name}' cannot be shown as '{title}', because it lacks bands at {ranges} nm. Choose another composite.</source>
        <translation>Le cube « {name} » ne peut pas être affiché en « {title} », car il lui manque des bandes à {ranges} nm. Choisissez une autre composition.</translation>
    </message>
    <message>
        <source>Cube '{name}' has no wavelengths in its metadata. Its bands {bands} are shown.</source>
        <translation>Le cube « {name} » n'a pas de longueurs d'onde dans ses métadonnées. Ses bandes {bands} sont affichées.</translation>
    </message>
    <message>
        <source>Raster '{name}' is not a file of its own (its source begins with '{source}'). Export it as GeoTIFF (Export &gt; Save As) and choose that file.</source>
        <translation>Le raster « {name} » n'est pas un fichier à part entière (sa source commence par « {source} »). Exportez-le en GeoTIFF (Exporter &gt; Enregistrer sous) et choisissez ce fichier.</translation>
    </message>
    <message>
        <source>Raster '{name}' comes from a service or database ({provider}). Save it as a GeoTIFF or ENVI file and choose that file.</source>
        <translation>Le raster « {name} » vient d'un service ou d'une base de données ({provider}). Enregistrez-le en GeoTIFF ou ENVI et choisissez ce fichier.</translation>
    </message>
    <message>
        <source>The file of raster '{name}' is no longer there: {path}. Put it back, or choose another raster.</source>
        <translation>Le fichier du raster « {name} » n'est plus là : {path}. Remettez-le à sa place, ou choisissez un autre raster.</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} band, but a hyperspectral cube has many. Choose the file with all bands, or stack them first.</source>
        <translation>Le raster « {name} » a {count} bande, mais un cube hyperspectral en a beaucoup. Choisissez le fichier avec toutes les bandes, ou empilez-les d'abord.</translation>
    </message>
    <message>
        <source>Raster '{name}' holds complex numbers. Choose reflectance or radiance.</source>
        <translation>Le raster « {name} » contient des nombres complexes. Choisissez la réflectance ou la luminance.</translation>
    </message>
    <message>
        <source>The extent {extent} does not overlap raster '{name}' ({own}, {crs}). Choose an extent inside it.</source>
        <translation>L'emprise {extent} ne recouvre pas le raster « {name} » ({own}, {crs}). Choisissez une emprise à l'intérieur.</translation>
    </message>
    <message>
        <source>Output '{path}' cannot be written: '{folder}' is a file, not a folder. Choose another path.</source>
        <translation>La sortie « {path} » ne peut pas être écrite : « {folder} » est un fichier, pas un dossier. Choisissez un autre chemin.</translation>
    </message>
    <message>
        <source>The folder of '{path}' does not exist. Create it first.</source>
        <translation>Le dossier de « {path} » n'existe pas. Créez-le d'abord.</translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be written to. Choose another one.</source>
        <translation>Impossible d'écrire dans le dossier « {folder} ». Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>Output '{path}' is also an input. Choose another name.</source>
        <translation>La sortie « {path} » est aussi une entrée. Choisissez un autre nom.</translation>
    </message>
    <message>
        <source>No area of layer '{name}' has a class in the field '{field}' yet, so the layer is left out.</source>
        <translation>Aucune zone de la couche « {name} » n'a encore de classe dans le champ « {field} », la couche est donc omise.</translation>
    </message>
    <message>
        <source>Of {given} cubes to train on, QGIS can read {count}.</source>
        <translation>Sur {given} cubes d'entraînement, QGIS peut en lire {count}.</translation>
    </message>
    <message>
        <source>There is no model file '{path}'. Choose one made by 'Train model'.</source>
        <translation>Il n'y a pas de fichier de modèle « {path} ». Choisissez-en un créé par « Entraîner un modèle ».</translation>
    </message>
    <message>
        <source>Statistics of '{word}' are not available. Use {words}.</source>
        <translation>Les statistiques de « {word} » ne sont pas disponibles. Utilisez {words}.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> ou </translation>
    </message>
    <message>
        <source>'{path}' is the header of an ENVI file. Choose the data file beside it (often .dat, .bsq, .img or without extension).</source>
        <translation>« {path} » est l'en-tête d'un fichier ENVI. Choisissez le fichier de données à côté (souvent .dat, .bsq, .img ou sans extension).</translation>
    </message>
    <message>
        <source>'{path}' is not a raster that QGIS can read. Choose another file. If it should be a raster, the copy may be damaged: copy it again.</source>
        <translation>« {path} » n'est pas un raster que QGIS peut lire. Choisissez un autre fichier. Si ce doit être un raster, la copie est peut-être endommagée : copiez-le de nouveau.</translation>
    </message>
    <message>
        <source>both are given</source>
        <translation>les deux sont donnés</translation>
    </message>
    <message>
        <source>neither is given</source>
        <translation>aucun n'est donné</translation>
    </message>
    <message>
        <source>Give either {one} or {other}: {what}.</source>
        <translation>Donnez soit {one}, soit {other} : {what}.</translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} bands, but a raster of class values has one. Choose another raster.</source>
        <translation>Le raster « {name} » a {count} bandes, mais un raster de valeurs de classe en a une. Choisissez un autre raster.</translation>
    </message>
    <message>
        <source>Mask '{value}' is neither a raster nor a vector layer. Choose another layer.</source>
        <translation>Le masque « {value} » n'est ni une couche raster ni une couche vecteur. Choisissez une autre couche.</translation>
    </message>
    <message>
        <source>Mask '{name}' has {count} bands, but a mask has one. Choose another raster.</source>
        <translation>Le masque « {name} » a {count} bandes, mais un masque en a une. Choisissez un autre raster.</translation>
    </message>
    <message>
        <source>Mask '{name}' holds no polygons. Choose a polygon layer or a raster.</source>
        <translation>Le masque « {name} » n'a pas de polygones. Choisissez une couche de polygones ou un raster.</translation>
    </message>
    <message>
        <source>There is no device '{device}'. Use auto, cpu, cuda:N or mps.</source>
        <translation>Il n'y a pas d'appareil « {device} ». Utilisez auto, cpu, cuda:N ou mps.</translation>
    </message>
    <message>
        <source>Enter 0 or a positive whole number (got {value}).</source>
        <translation>Saisissez 0 ou un nombre entier positif (et non {value}).</translation>
    </message>
    <message>
        <source>The engine uses at most {most} threads (got {value}).</source>
        <translation>Le moteur utilise au plus {most} fils d'exécution (et non {value}).</translation>
    </message>
    <message>
        <source>There is no file '{path}'.</source>
        <translation>Il n'y a pas de fichier « {path} ».</translation>
    </message>
    <message>
        <source>There is no folder '{path}'.</source>
        <translation>Il n'y a pas de dossier « {path} ».</translation>
    </message>
    <message>
        <source>Spectra of the training areas</source>
        <translation>Spectres des zones d'entraînement</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}.</source>
        <translation>La zone {number} ({name}) ressemble à {other}.</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}: its spectral angle to that class is {other_angle}°, but to its own {own}°.</source>
        <translation>La zone {number} ({name}) ressemble à {other} : son angle spectral avec cette classe est de {other_angle}°, mais de {own}° avec la sienne.</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>Et {n} autres.</translation>
    </message>
    <message>
        <source>Pick pixels on the map</source>
        <translation>Choisir des pixels sur la carte</translation>
    </message>
    <message>
        <source>Class means</source>
        <translation>Moyennes des classes</translation>
    </message>
    <message>
        <source>Click on the map to see the spectrum of a pixel.</source>
        <translation>Cliquez sur la carte pour voir le spectre d'un pixel.</translation>
    </message>
    <message>
        <source>all bands have the value {value}, so there is no spectrum to show.</source>
        <translation>toutes les bandes ont la valeur {value}, il n'y a donc pas de spectre à montrer.</translation>
    </message>
    <message>
        <source>no data in {missing} of {count} bands.</source>
        <translation>pas de données dans {missing} bandes sur {count}.</translation>
    </message>
    <message>
        <source>nearest classes by spectral angle: {classes}.</source>
        <translation>classes les plus proches par l'angle spectral : {classes}.</translation>
    </message>
    <message>
        <source>Nearest classes</source>
        <translation>Classes les plus proches</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Toutes les classes</translation>
    </message>
    <message>
        <source>This cube is read too slowly to follow the mouse. Click instead.</source>
        <translation>Ce cube est lu trop lentement pour suivre la souris. Cliquez plutôt.</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube.</source>
        <translation>Choisissez un cube hyperspectral.</translation>
    </message>
    <message>
        <source>This place is outside the cube.</source>
        <translation>Cet endroit est hors du cube.</translation>
    </message>
    <message>
        <source>Column {column}, row {row}:</source>
        <translation>Colonne {column}, ligne {row} :</translation>
    </message>
    <message>
        <source>no data.</source>
        <translation>pas de données.</translation>
    </message>
    <message>
        <source>Pixel clicked</source>
        <translation>Pixel cliqué</translation>
    </message>
    <message>
        <source>Pixel under the mouse</source>
        <translation>Pixel sous la souris</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have. The nearest classes and their spectral angles are still shown below.</source>
        <translation>Le graphique nécessite le paquet Python matplotlib, que ce QGIS n'a pas. Les classes les plus proches et leurs angles spectraux sont tout de même affichés dessous.</translation>
    </message>
    <message>
        <source>Wavelength (nm)</source>
        <translation>Longueur d'onde (nm)</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Bande</translation>
    </message>
</context>
</TS>

/** Frequent surnames and first names, French and Gascon, for persons who do not exist. */

const liste = (texte: string): string[] => texte.trim().split(/\s*,\s*/)

export const NOMS_GASCONS = liste(`
Lafitte, Labat, Dupouy, Darrigade, Lacoste, Ducasse, Lalanne, Castets, Dubosc, Lamothe, Duprat, Dulucq, Bordenave, Cazaux,
Laborde, Lassalle, Dussarrat, Lesbats, Tastet, Destouesse, Desbieys, Darricau, Labeyrie, Larrère, Dubernet, Daugreilh, Lapeyre,
Barrère, Capdeville, Candau, Castaing, Dufau, Lagrange, Mora, Peyres, Sarrade, Subervielle, Tauzin, Vignau, Bats, Brethes,
Cabannes, Cazenave, Claverie, Coudroy, Dagès, Darblade, Dauga, Deyris, Dizabeau, Dourthe, Duboscq, Dumartin, Dupin, Duvignau,
Fauthoux, Gaüzère, Labarthe, Labadie, Laffargue, Lafourcade, Lahitte, Lartigue, Lataillade, Lesparre, Loustalot, Maisonnave,
Marsan, Menaut, Nassiet, Pébarthe, Pouyanne, Sentex, Soubiran, Tachon, Téchoueyres, Tisnès, Bareyre, Baylac, Bédat, Bergez,
Bernadet, Betbeder, Biremont, Bordes, Boulin, Broca, Camiade, Campet, Cassagne, Castéra, Courrèges, Daraignez, Darroze, Dehez,
Despouys, Diris, Ducamp, Ducournau, Dudes, Dufourcq, Dulau, Dupérier, Dupeyron, Dutournier, Escoubet, Fourcade, Gardères,
Garrabos, Gourgues, Hontang, Justes, Labaste, Labèque, Laborie, Lacave, Lacouture, Ladonne, Lafaye, Lalaude, Lamaison, Lanusse,
Larquier, Larrat, Larrouy, Lavigne, Lestage, Lamarque, Loubère, Malet, Mauléon, Mesplède, Minvielle, Monlezun, Montaut, Moustié,
Napias, Noguès, Passicos, Péducasse, Peyrot, Plantier, Pomiès, Puyo, Sabathier, Saubion, Sarran, Sarthou, Sescousse, Sibé,
Souques, Tartas, Taris, Tauziet, Tilh, Vergez, Vidau, Villenave, Vives, Yris
`)
export const NOMS_COURANTS = liste(`
Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon, Michel, Lefebvre, Leroy, Roux, David,
Bertrand, Morel, Fournier, Girard, Bonnet, Lambert, Fontaine, Rousseau, Vincent, Muller, Faure, Mercier, Blanc, Guérin, Boyer,
Garnier, Chevalier, François, Legrand, Gauthier, Garcia, Perrin, Robin, Clément, Morin, Nicolas, Henry, Roussel, Mathieu, Masson,
Marchand, Duval, Denis, Dumont, Lemaire, Noël, Meyer, Dufour, Meunier, Brun, Blanchard, Giraud, Joly, Rivière, Lucas, Brunet,
Gaillard, Barbier, Arnaud, Martinez, Gérard, Roche, Renard, Schmitt, Roy, Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre,
Aubert, Lemoine, Renaud, Dumas, Lacroix, Olivier, Philippe, Bourgeois, Pierre, Benoit, Rey, Leclerc, Rolland, Guillaume, Lecomte,
Lopez, Fernandez, Sanchez, Perez, Rodriguez, Gomez, Da Silva, Pereira, Ferreira, Rodrigues, Dos Santos, Gonçalves, Lopes, Costa,
Benali, Haddad, Diallo, Traoré, Nguyen, Etcheverry, Etchegaray, Harismendy, Duhalde, Iriart
`)

/** First names by sex and by the first year of a span of births. */
export const PRENOMS: Record<'F' | 'M', { depuis: number; noms: string[] }[]> = {
  F: [
    {
      depuis: 1940,
      noms: liste(`Monique, Françoise, Jacqueline, Nicole, Danielle, Michèle, Marie-Claude, Jeannine, Colette, Annie, Josette, Yvette,
        Bernadette, Marie-France, Éliane, Ginette, Chantal, Maryse, Martine, Régine, Simone, Lucette, Odile, Mireille`),
    },
    {
      depuis: 1960,
      noms: liste(`Sylvie, Nathalie, Isabelle, Catherine, Valérie, Véronique, Corinne, Christine, Laurence, Patricia, Brigitte, Pascale,
        Sandrine, Marie-Christine, Florence, Muriel, Béatrice, Hélène, Agnès, Karine, Fabienne, Dominique, Myriam, Maïté, Maylis`),
    },
    {
      depuis: 1975,
      noms: liste(`Céline, Sophie, Stéphanie, Aurélie, Virginie, Émilie, Delphine, Audrey, Séverine, Élodie, Julie, Caroline, Marion,
        Laetitia, Magali, Vanessa, Cécile, Anne-Laure, Mélanie, Christelle, Sabrina, Peggy, Gaëlle, Nadège, Amandine, Fanny, Claire`),
    },
    {
      depuis: 1990,
      noms: liste(`Laura, Camille, Manon, Marine, Pauline, Léa, Chloé, Mathilde, Océane, Justine, Anaïs, Morgane, Clara, Lucie, Sarah,
        Margaux, Inès, Emma, Maëlys, Ophélie, Solène, Jade, Noémie, Charlotte, Mélissa, Alizée, Lola, Clémence, Yasmine`),
    },
  ],
  M: [
    {
      depuis: 1940,
      noms: liste(`Jean-Claude, Michel, Pierre, Jean, Bernard, André, Gérard, Jean-Pierre, Daniel, Claude, Alain, Jacques, René, Christian,
        Guy, Roger, Serge, Yves, Robert, Francis, Jean-Louis, Jean-Marie, Gilbert, Henri, Lucien, Maurice`),
    },
    {
      depuis: 1960,
      noms: liste(`Philippe, Patrick, Pascal, Éric, Thierry, Laurent, Didier, Bruno, Frédéric, Christophe, Olivier, Dominique, Franck,
        Jean-Michel, Jean-Luc, Hervé, Gilles, Denis, Marc, Vincent, Xavier, Régis, Joël, Bertrand, Arnaud`),
    },
    {
      depuis: 1975,
      noms: liste(`Sébastien, Nicolas, David, Stéphane, Julien, Guillaume, Jérôme, Cédric, Mathieu, Benoît, Fabien, Ludovic, Yannick,
        Mickaël, Damien, Sylvain, Romain, Grégory, Emmanuel, Rémi, Aurélien, Xavier, Bastien, Jonathan, Peio, Arnaud`),
    },
    {
      depuis: 1990,
      noms: liste(`Alexandre, Kévin, Thomas, Maxime, Quentin, Florian, Anthony, Clément, Valentin, Alexis, Lucas, Théo, Hugo, Corentin,
        Jordan, Adrien, Antoine, Baptiste, Dylan, Enzo, Mathis, Loïc, Tristan, Nathan, Robin, Benjamin, Yanis, Pierre-Louis`),
    },
  ],
}

export const PRENOMS_ENFANTS = liste(`
Léo, Gabriel, Louise, Jade, Raphaël, Emma, Ambre, Arthur, Alice, Louis, Rose, Jules, Lina, Maël, Mila, Noah, Chloé, Sacha, Léna, Tom,
Juliette, Ethan, Inaya, Nino, Romane, Gaspard, Zoé, Marius, Éva, Malo, Agathe, Naël, Lou, Liam, Margot, Axel, Camille, Oihan, Maïa, Elaia
`)

/** Places of birth printed on the demonstration papers, with the département that the NIR carries. */
export const LIEUX_NAISSANCE: readonly (readonly [{ lieu: string; departement: string }, number])[] = [
  [{ lieu: 'Mont-de-Marsan', departement: '40' }, 34],
  [{ lieu: 'Dax', departement: '40' }, 34],
  [{ lieu: 'Aire-sur-l’Adour', departement: '40' }, 5],
  [{ lieu: 'Bayonne', departement: '64' }, 9],
  [{ lieu: 'Pau', departement: '64' }, 4],
  [{ lieu: 'Bordeaux', departement: '33' }, 5],
  [{ lieu: 'Auch', departement: '32' }, 3],
  [{ lieu: 'Tarbes', departement: '65' }, 2],
  [{ lieu: 'Agen', departement: '47' }, 2],
  [{ lieu: 'Toulouse', departement: '31' }, 2],
]

export const VOIES = liste(`
rue des Pins, chemin de l’Airial, route de Dax, rue du Stade, impasse des Chênes, rue de l’Église, allée des Mimosas,
route de Mont-de-Marsan, chemin de la Fontaine, rue des Écoles, place du Foirail, lotissement du Bosquet, rue des Arènes,
chemin du Moulin, avenue de la Gare, rue des Bruyères, quartier Lesbarres, route de la Lande, rue du Lavoir, chemin de Bordenave
`)

import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import {
  Bouton,
  ChampCase,
  ChampChoix,
  ChampDuree,
  ChampJour,
  ChampMontant,
  ChampNombre,
  ChampOptions,
  ChampTaux,
  ChampTexte,
  type Choix,
  Etat,
  GroupeChamps,
} from '#ui'
import { LIBELLES_FONCTION, type StatutCarriere } from '../contract.ts'
import { familleOf, type GradeDeGrille, indiceDe, type Saisie } from './saisie.ts'

const choix = (o: Readonly<Record<string, string>>): Choix[] =>
  Object.entries(o).map(([valeur, libelle]) => ({ valeur, libelle }))

type Proprietes = { statut: StatutCarriere; depart: Saisie; grades: readonly GradeDeGrille[]; depuis: string }

/** The fields of a situation, by kind of statut. Names follow the contract, under `contenu.`. */
export function ChampsSituation(p: Proprietes) {
  const famille = familleOf(p.statut)
  return (
    <>
      {famille === 'indiciaire' && <ChampsIndiciaires {...p} />}
      {famille === 'contrat' && <ChampsContrat statut={p.statut} depart={p.depart} />}
      {famille === 'elu' && <ChampsElu />}
      {famille !== 'elu' && <ChampsPrimes depart={p.depart} />}
      <ChampsPas depart={p.depart} />
    </>
  )
}

const AUTRE = 'autre'

function ChampsIndiciaires({ statut, depart, grades, depuis }: Proprietes) {
  const [grade, setGrade] = useState(String(depart.grade ?? ''))
  const [echelon, setEchelon] = useState(String(depart.echelon ?? ''))
  const connu = grades.find((g) => g.grade === grade)
  const [hors, setHors] = useState(grade !== '' && grades.length > 0 && !connu)
  const trouve = connu && indiceDe(grades, grade, Number(echelon), depuis)
  const estFonctionnaire = statut !== 'contractuel' && statut !== 'collaborateurCabinet'
  return (
    <>
      <GroupeChamps titre="Grade et traitement" colonnes={2}>
        {hors ? (
          <ChampTexte nom="contenu.grade" libelle="Grade ou emploi" requis onValeur={setGrade} />
        ) : (
          <ChampChoix
            nom="contenu.grade"
            libelle="Grade"
            requis
            choix={grades.map((g) => ({ valeur: g.grade, libelle: g.grade }))}
            onValeur={setGrade}
          />
        )}
        <ChampChoix
          libelle="Grille"
          choix={[
            { valeur: 'connue', libelle: 'Grade des grilles livrées' },
            { valeur: AUTRE, libelle: 'Autre grade, indice saisi' },
          ]}
          valeur={hors ? AUTRE : 'connue'}
          onValeur={(v) => setHors(v === AUTRE)}
          requis
        />
        <ChampNombre nom="contenu.echelon" libelle="Échelon" requis={!hors && estFonctionnaire} onValeur={setEchelon} />
        <ChampJour nom="contenu.dateEchelon" libelle="Ancienneté dans l’échelon depuis" requis />
        {hors ? (
          <>
            <ChampTexte nom="contenu.filiere" libelle="Filière" />
            <ChampTexte nom="contenu.cadreEmplois" libelle="Cadre d’emplois" />
            <ChampOptions
              nom="contenu.categorie"
              libelle="Catégorie"
              choix={[
                { valeur: 'A', libelle: 'A' },
                { valeur: 'B', libelle: 'B' },
                { valeur: 'C', libelle: 'C' },
              ]}
            />
            <ChampNombre nom="contenu.ib" libelle="Indice brut" />
            <ChampNombre nom="contenu.im" libelle="Indice majoré" />
          </>
        ) : (
          <p className="bq-rangee" role="status">
            {trouve ? (
              <>
                <span>
                  Indice majoré <strong>{trouve.e.im}</strong>
                  {trouve.e.ib !== null && `, indice brut ${trouve.e.ib}`}
                </span>
                <Etat etat={trouve.e.verifie ? 'fait' : 'attention'}>
                  {trouve.e.verifie ? 'Vérifié' : 'Grille non vérifiée'}
                </Etat>
              </>
            ) : (
              <span className="bq-discret">L’indice vient de la grille du grade et de l’échelon.</span>
            )}
          </p>
        )}
        {!estFonctionnaire && (
          <ChampMontant
            nom="contenu.traitementForfaitaire"
            libelle="Traitement forfaitaire mensuel"
            aide="À temps complet ; laissez alors l’indice vide"
          />
        )}
      </GroupeChamps>
      <GroupeChamps titre="Temps de travail et retraite" colonnes={2}>
        <ChampDuree nom="contenu.minutesHebdo" libelle="Durée hebdomadaire du poste" requis />
        <ChampChoix
          nom="contenu.quotiteTempsPartiel"
          libelle="Temps partiel"
          choix={[100, 90, 80, 70, 60, 50].map((q) => ({
            valeur: String(q),
            libelle: q === 100 ? 'Non (100 %)' : `${q} %`,
          }))}
          requis
        />
        <ChampOptions
          nom="contenu.regime"
          libelle="Caisse de retraite"
          choix={[
            { valeur: 'cnracl', libelle: 'CNRACL' },
            { valeur: 'ircantec', libelle: 'IRCANTEC' },
          ]}
        />
        <ChampDuree
          nom="contenu.minutesHebdoAutres"
          libelle="Durée chez d’autres employeurs publics"
          aide="Elle compte pour l’affiliation à la CNRACL"
        />
        <ChampCase nom="contenu.surcotisation" libelle="Surcotisation demandée" />
        <ChampOptions
          nom="contenu.versant"
          libelle="Fonction publique"
          choix={[
            { valeur: 'FPT', libelle: 'Territoriale' },
            { valeur: 'FPH', libelle: 'Hospitalière (EHPAD public)' },
          ]}
        />
      </GroupeChamps>
      <GroupeChamps titre="Accessoires" colonnes={2}>
        <ChampNombre
          nom="contenu.enfantsSft"
          libelle="Enfants ouvrant droit au SFT"
          aide="Zéro si l’autre parent le perçoit"
        />
        <ChampChoix
          nom="contenu.zoneIndemniteResidence"
          libelle="Zone d’indemnité de résidence"
          choix={[1, 2, 3].map((z) => ({ valeur: String(z), libelle: `Zone ${z}` }))}
          requis
        />
        {estFonctionnaire && (
          <>
            <ChampNombre nom="contenu.nbiPoints" libelle="Points de NBI" />
            <ChampTexte nom="contenu.nbiMotif" libelle="Motif de la NBI" />
          </>
        )}
        <ChampNombre nom="contenu.ctiPoints" libelle="Points de CTI (Ségur)" />
        <ChampMontant nom="contenu.remboursementTransport" libelle="Remboursement de transport" />
        <ChampTexte nom="contenu.ifse.groupe" libelle="Groupe de fonctions (RIFSEEP)" />
        <ChampMontant nom="contenu.ifse.mensuel" libelle="IFSE mensuelle" />
        <ChampTexte nom="contenu.ifse.deliberation" libelle="Délibération ou arrêté de l’IFSE" />
      </GroupeChamps>
    </>
  )
}

const CONTRATS_PRIVES: Partial<Record<StatutCarriere, true>> = { apprenti: true, pec: true, cee: true, prive: true }

function ChampsContrat({ statut, depart }: { statut: StatutCarriere; depart: Saisie }) {
  const [enfants, setEnfants] = useState(Math.max(1, (depart.accueils as unknown[] | undefined)?.length ?? 1))
  return (
    <>
      <GroupeChamps titre="Contrat" colonnes={2}>
        <ChampTexte nom="contenu.grade" libelle="Emploi ou qualification" requis />
        {statut !== 'vacataire' && statut !== 'assistantMaternel' && (
          <ChampDuree nom="contenu.minutesHebdo" libelle="Durée hebdomadaire" />
        )}
        {statut === 'vacataire' && (
          <>
            <ChampTexte nom="contenu.vacation.libelle" libelle="Nature de la vacation" requis />
            <ChampMontant nom="contenu.vacation.taux" libelle="Montant d’une vacation" requis />
          </>
        )}
        {CONTRATS_PRIVES[statut] && (
          <>
            <ChampChoix
              nom="contenu.prive.employeur"
              libelle="Nature de l’employeur"
              choix={choix({
                personnePublique: 'Personne publique',
                spic: 'Service industriel et commercial',
                association: 'Association',
                societe: 'Société',
              })}
              requis
            />
            <ChampChoix
              nom="contenu.prive.contrat"
              libelle="Contrat"
              choix={choix({ cdi: 'CDI', cdd: 'CDD', saisonnier: 'Saisonnier' })}
            />
          </>
        )}
        {(statut === 'prive' || statut === 'pec') && (
          <>
            <ChampMontant nom="contenu.prive.salaireMensuel" libelle="Salaire mensuel brut" aide="Ou le taux horaire" />
            <ChampNombre nom="contenu.prive.tauxHoraire" libelle="Taux horaire brut" decimales={4} unite="€" />
          </>
        )}
        {statut === 'prive' && (
          <>
            <ChampNombre
              nom="contenu.prive.coefficient"
              libelle="Coefficient"
              aide="Aide à domicile, à la place du salaire"
            />
            <ChampChoix
              nom="contenu.prive.branche"
              libelle="Branche"
              choix={choix({ aideADomicile: 'Aide à domicile' })}
            />
            <ChampChoix
              nom="contenu.prive.retraite"
              libelle="Retraite complémentaire"
              choix={choix({ agircArrco: 'Agirc-Arrco', ircantec: 'IRCANTEC' })}
            />
            <ChampCase nom="contenu.prive.cadre" libelle="Cadre" />
          </>
        )}
        {statut === 'apprenti' && (
          <>
            <ChampJour nom="contenu.prive.conclusion" libelle="Contrat signé le" requis />
            <ChampTaux
              nom="contenu.prive.pourcentageSmic"
              libelle="Part du SMIC"
              aide="Vide : d’après l’âge et l’année du contrat"
            />
            <ChampNombre nom="contenu.prive.anneeContrat" libelle="Année du contrat" />
          </>
        )}
        {statut === 'cee' && (
          <ChampMontant nom="contenu.prive.tarifJour" libelle="Prix d’un jour d’engagement" requis />
        )}
        {statut !== 'assistantMaternel' && (
          <ChampTaux
            nom="contenu.indemniteConges"
            libelle="Congés payés chaque mois"
            aide="Part du brut, souvent 10 %"
          />
        )}
        {statut === 'assistantMaternel' && (
          <ChampNombre nom="contenu.enfantsSft" libelle="Enfants ouvrant droit au SFT" />
        )}
      </GroupeChamps>
      {statut === 'assistantMaternel' && (
        <GroupeChamps titre="Enfants accueillis" colonnes={3}>
          {Array.from({ length: enfants }, (_, i) => `contenu.accueils.${i}`).map((nom) => (
            <div key={nom} className="bq-pile-serree carriere-prime">
              <ChampTexte nom={`${nom}.enfant`} libelle="Prénom" />
              <ChampDuree nom={`${nom}.minutesHebdo`} libelle="Accueil par semaine" />
              <ChampNombre nom={`${nom}.tauxHoraire`} libelle="Taux horaire" decimales={4} unite="€" />
            </div>
          ))}
          <Bouton icone={IconPlus} onClick={() => setEnfants((n) => n + 1)}>
            Un autre enfant
          </Bouton>
        </GroupeChamps>
      )}
    </>
  )
}

const ChampsElu = () => (
  <GroupeChamps titre="Mandat" colonnes={2}>
    <ChampChoix nom="contenu.fonction" libelle="Fonction" choix={choix(LIBELLES_FONCTION)} requis />
    <ChampNombre nom="contenu.rang" libelle="Rang" aide="1 pour le premier adjoint" requis />
    <ChampNombre nom="contenu.population" libelle="Population" requis />
    <ChampTaux nom="contenu.pourcentDuMaximum" libelle="Part du maximum votée" requis />
    <ChampMontant nom="contenu.autresIndemnites" libelle="Indemnités des autres mandats, par mois" requis />
    <ChampNombre nom="contenu.mandatsIndemnises" libelle="Mandats indemnisés, celui-ci compris" requis />
  </GroupeChamps>
)

const NATURES_PRIME = {
  prime: 'Prime ou indemnité (RIFSEEP et assimilées)',
  horsTransfert: 'Prime hors transfert primes/points',
  pension: 'Prime soumise à retenue pour pension',
  frais: 'Remboursement de frais',
  avantageNature: 'Avantage en nature',
  nonSoumise: 'Somme non soumise',
}
const MALADIES = { suit: 'Suit le traitement', maintenue: 'Maintenue', suspendue: 'Suspendue' }

function ChampsPrimes({ depart }: { depart: Saisie }) {
  const [primes, setPrimes] = useState((depart.primes as unknown[] | undefined)?.length ?? 0)
  return (
    <GroupeChamps titre="Primes mensuelles">
      {Array.from({ length: primes }, (_, i) => `contenu.primes.${i}`).map((nom) => (
        <div key={nom} className="carriere-prime">
          <GroupeChamps colonnes={2}>
            <ChampTexte
              nom={`${nom}.libelle`}
              libelle="Libellé sur le bulletin"
              aide="Videz les champs pour la retirer"
            />
            <ChampTexte nom={`${nom}.code`} libelle="Code, en capitales" />
            <ChampMontant nom={`${nom}.montant`} libelle="Montant mensuel" />
            <ChampTexte nom={`${nom}.deliberation`} libelle="Délibération ou décision, et sa date" />
            <ChampChoix nom={`${nom}.nature`} libelle="Nature" choix={choix(NATURES_PRIME)} />
            <ChampChoix nom={`${nom}.maladie`} libelle="En cas de maladie" choix={choix(MALADIES)} />
            <ChampCase nom={`${nom}.proratise`} libelle="Suit le temps de travail et la présence" />
          </GroupeChamps>
        </div>
      ))}
      <div>
        <Bouton icone={IconPlus} onClick={() => setPrimes((n) => n + 1)}>
          Ajouter une prime
        </Bouton>
      </div>
    </GroupeChamps>
  )
}

function ChampsPas({ depart }: { depart: Saisie }) {
  const [mode, setMode] = useState(String((depart.pas as { mode?: string } | undefined)?.mode ?? 'neutre'))
  return (
    <GroupeChamps titre="Prélèvement à la source" colonnes={2}>
      <ChampOptions
        nom="contenu.pas.mode"
        libelle="Taux"
        choix={[
          { valeur: 'taux', libelle: 'Transmis par la DGFiP' },
          { valeur: 'neutre', libelle: 'Neutre' },
        ]}
        onValeur={setMode}
      />
      {mode === 'taux' && <ChampTaux nom="contenu.pas.taux" libelle="Taux transmis" requis />}
    </GroupeChamps>
  )
}
